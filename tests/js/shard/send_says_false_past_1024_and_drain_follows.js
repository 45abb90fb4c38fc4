// SPDX-License-Identifier: MIT
// shards: 3
// All sends are in one turn, so nothing is delivered meanwhile.
var shard = node.shard;
var COUNT = 5000;
var next = (shard.id + 1) % shard.count;
var last = (shard.id + shard.count - 1) % shard.count;
var came = 0;
shard.addListener("message", function (message, from) {
    if (from !== last || message !== came++)
        console.log("wrong", message, from, came);
    if (came === COUNT)
        console.log("all came");
});

var room = [];
for (var i = 0; i < COUNT; i++)
    room.push(shard.send(next, i));
console.log(room.indexOf(false), room.lastIndexOf(true));

var drained = 0;
shard.addListener("drain", function (id) {
    drained++;
    if (id !== next)
        console.log("drain of", id);
    // The rest went while the first 1025 were on their way: one "drain" for all.
    if (drained === 1) {
        console.log(shard.send(next, COUNT));
    }
});
process.addListener("exit", function () {
    console.log(drained, came);
});
// expect: 1024 1023
// expect: all came
// expect: true
// expect: 1 5001
