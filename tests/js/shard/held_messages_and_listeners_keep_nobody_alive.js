// SPDX-License-Identifier: MIT
// shards: 2
var shard = node.shard;
for (var id = 0; id < shard.count; id++)
    for (var i = 0; i < 2000; i++)
        shard.send(id, {i: i});
shard.addListener("drain", function () { console.log("never"); });
shard.expose("f", function () {});
shard.shared("m", 8);
shard.once("never", function () { return new Promise(function () {}); });
process.addListener("exit", function () {
    shard.send(0, "into the void");
    console.log("exit");    // expect: exit
});
