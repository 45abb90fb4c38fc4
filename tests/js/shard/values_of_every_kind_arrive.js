// SPDX-License-Identifier: MIT
// shards: 2
// isolates/clone.c has more types; here they go as messages, as arguments and as
// values of calls.
var shard = node.shard;
var cycle = {name: "cycle"};
cycle.self = cycle;
var values = [
    undefined, null, true, false, 0, -0, 1, -1, NaN, Infinity, 2147483647,
    -2147483648, 2147483648, 9007199254740993, 0.1, "", "a\0b", "\xe9\xff",
    "\u20ac", "x\ud800", "\xff".repeat(70000), "\u20ac".repeat(70000), 7n,
    -(2n ** 70n), [], [1, , 3], {}, {a: {b: [new Date(5), /x/gi]}},
    new Map([[1, new Set(["x"])]]), new Error("m"), new RangeError("m"),
    new Uint8Array([1, 2]), new DataView(new ArrayBuffer(3), 1),
    new Float64Array([0.5]), new BigInt64Array([-1n]), cycle
];

function text(value) {
    var seen = [];
    function list(iterable) { return Array.from(iterable, one).join(); }
    function one(value) {
        if (typeof value !== "object" || value === null)
            return typeof value + (Object.is(value, -0) ? "-0" : String(value));
        if (seen.includes(value))
            return "#" + seen.indexOf(value);
        seen.push(value);
        var type = Object.prototype.toString.call(value);
        if (value instanceof Map || value instanceof Set)
            return type + list(value);
        if (value instanceof Date)
            return type + value.getTime();
        if (value instanceof RegExp || value instanceof Error)
            return type + value;
        if (ArrayBuffer.isView(value))
            return type + value.byteOffset + ":" +
                list(new Uint8Array(value.buffer));
        return type + value.length + Object.keys(value).map(function (key) {
            return key + "=" + one(value[key]);
        });
    }
    return one(value);
}

var texts = values.map(text);
function check(how, i, value) {
    if (text(value) !== texts[i])
        console.log(how, i, text(value), texts[i]);
}

var next = (shard.id + 1) % shard.count;
var at = 0;
shard.addListener("message", function (message, from) {
    check("message", at++, message);
    if (at === values.length)
        console.log("messages came");
});
shard.expose("same", function (i, value) {
    check("argument", i, value);
    return value;
});
shard.expose("all", function () { return Array.from(arguments); });
values.forEach(function (value) { shard.send(next, value); });

var left = values.length;
values.forEach(function (value, i) {
    shard.call(next, "same", i, value).addCallback(function (value) {
        check("value", i, value);
        if (--left === 0)
            console.log("calls came");
    });
});
shard.call(next, "all", ...values).addCallback(function (all) {
    all.forEach(function (value, i) { check("one of all", i, value); });
    console.log(all.length === values.length);
});
// What arguments share, they share there too.
shard.expose("are the same", function (a, b) { return a === b; });
shard.call(next, "are the same", cycle, cycle).addCallback(console.log);
// expect: messages came
// expect: calls came
// expect: true
// expect: true
