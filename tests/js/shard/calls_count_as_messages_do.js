// SPDX-License-Identifier: MIT
// shards: 2
var shard = node.shard;
var next = (shard.id + 1) % shard.count;
var calls = 0, drains = 0, values = 0;
shard.expose("count", function () { return ++calls; });
for (var i = 0; i < 1024; i++)
    shard.call(next, "count").addCallback(function () { values++; });
shard.addListener("message", function (message) {
    console.log(message, calls);
});
shard.addListener("drain", function (id) {
    drains++;
    if (id !== next)
        console.log("drain of", id);
});
console.log(shard.send(next, "behind"));
process.addListener("exit", function () {
    console.log(values, drains);
});
// expect: false
// expect: behind 1024
// expect: 1024 1
