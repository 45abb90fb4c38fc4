// SPDX-License-Identifier: MIT
// shards: 2
var shard = node.shard;
var next = (shard.id + 1) % shard.count;
function later(f) {
    var promise = new node.Promise();
    setTimeout(function () { f(promise); }, 5);
    return promise;
}
shard.expose("add", function (a, b) { return a + b; });
shard.expose("count", function () { return arguments.length; });
shard.expose("this", function () { return this === node.shard; });
shard.expose("nothing", function () {});
shard.expose("promise", function (x) {
    return later(function (promise) { promise.emitSuccess(x); });
});
shard.expose("native", async function (x) { await null; return x; });
shard.expose("like a promise", function (x) {
    return {then: function (f, g) { f(x); f("again"); g("and again"); }};
});
shard.expose("buffer", function () { return new Uint8Array([1, 2, 3]); });
shard.expose("last", function () { return "first"; });
shard.expose("last", function () { return "last"; });
shard.expose("", function () { return "no name"; });
shard.expose(7, function () { return "seven"; });

function call(name, ...args) { return shard.call(next, name, ...args).wait(); }
setTimeout(function () {
    console.log(call("add", 1, 2));             // expect: 3
    console.log(call("add", "a", {}));          // expect: a[object Object]
    console.log(call("count"), call("count", undefined));   // expect: 0 1
    console.log(call("count", 1, 2, 3, 4, 5, {}));          // expect: 6
    console.log(call("count", ...new Array(1000).fill(1))); // expect: 1000
    console.log(call("this"));                  // expect: true
    console.log(call("nothing"));               // expect: undefined
    console.log(call("promise", [1]));          // expect: [1]
    console.log(call("native", "x"));           // expect: x
    console.log(call("like a promise", "y"));   // expect: y
    console.log(call("buffer").join());         // expect: 1,2,3
    console.log(call("last"));                  // expect: last
    console.log(call(""), call("7"), call(7));  // expect: no name seven seven
    shard.callAll("add", 1, {length: 1}).addCallback(function (all) {
        console.log(all.length === shard.count, all[0]); // expect: true 1[object Object]
    });
    (async function () {
        return await shard.call(next, "add", 20, 3);
    })().then(console.log);                     // expect: 23
});
