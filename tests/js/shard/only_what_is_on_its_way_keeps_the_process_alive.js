// SPDX-License-Identifier: MIT
// shards: 4
// Each message alone does: nothing else is left on any shard.
var shard = node.shard;
var next = (shard.id + 1) % shard.count;
shard.addListener("message", function (hops) {
    if (hops > 0)
        shard.send(next, hops - 1);
    else
        shard.call(0, "done");
});
var done = 0;
shard.expose("done", function () { return done++; });
shard.expose("never", function () { return new node.Promise(); });
shard.call(next, "never").addCallback(function () { console.log("never"); });
shard.send(next, 10000 / shard.count);
if (shard.id === 0)
    process.addListener("exit", function () {
        for (var i = 0; i < shard.count; i++)
            console.log(done === shard.count);
    });
// expect: true
