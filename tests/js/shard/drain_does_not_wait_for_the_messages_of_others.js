// SPDX-License-Identifier: MIT
// options: --cores 3
// Nobody listens on shard 2, where a message of shard 0 is held; the calls of
// shard 1 are done all the same.
var shard = node.shard;
shard.expose("nothing", function () {});
if (shard.id === 0)
    shard.send(2, "held");
if (shard.id === 0)
    shard.call(2, "nothing").addCallback(function () { shard.send(1, "go"); });
if (shard.id === 1) {
    shard.addListener("drain", function (id) {
        console.log("drain", id);   // expect: drain 2
    });
    shard.addListener("message", function () {
        for (var i = 0; i < 2000; i++)
            shard.call(2, "nothing");
    });
}
