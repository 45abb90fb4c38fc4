// SPDX-License-Identifier: MIT
// options: --cores 16
var shard = node.shard;
var COUNT = 400;
var seen = new Array(shard.count).fill(0);
var left = shard.count * COUNT;
shard.addListener("message", function (message, from) {
    var number = typeof message === "number" ? message : message.number;
    if (number !== seen[from]++)
        console.log("wrong: " + number + " from " + from);
    if (--left === 0)
        shard.call(0, "done", seen);
});
var done = 0;
shard.expose("done", function (seen) {
    if (!seen.every(function (n) { return n === COUNT; }))
        console.log("wrong: " + seen);
    if (++done === shard.count)
        console.log("all of it");       // expect: all of it
});
var number = 0;
setTimeout(function some() {
    for (var i = 0; i < 50; i++, number++)
        for (var id = 0; id < shard.count; id++)
            shard.send(id, number % 2 ? number : {number: number});
    if (number < COUNT)
        setTimeout(some);
});
