// SPDX-License-Identifier: MIT
// shards: 2
// options: --expose-gc
// The last message, too, before another comes.
var shard = node.shard;
shard.addListener("message", function (message) {
    console.log(message.length); // expect: 50000000
    setTimeout(function () {
        gc();
        shard.stats(shard.id).addCallback(function (stats) {
            console.log(stats.heapUsed < 40000000); // expect: true
        });
    }, 50);
});
shard.send((shard.id + 1) % shard.count, "x".repeat(50000000));
