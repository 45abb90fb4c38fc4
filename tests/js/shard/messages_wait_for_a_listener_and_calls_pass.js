// SPDX-License-Identifier: MIT
// shards: 2
var shard = node.shard;
var next = (shard.id + 1) % shard.count;
shard.expose("passes", function () { return "passed"; });
shard.expose("listen", function () {
    shard.addListener("message", function (message) {
        if (message >= 1022 || message === "over")
            console.log("message", message);
    });
});
var room;
for (var i = 0; i < 1024; i++)
    room = shard.send(next, i);
console.log(room);
shard.call(next, "passes").addCallback(function (value) {
    console.log(value, shard.send(next, "over"));
    shard.addListener("drain", function (id) {
        console.log("drain", id === next);
    });
    shard.call(next, "listen");
});
shard.addListener("newListener", function (event) {
    if (event === "message")
        console.log("listening");
});
// expect: true
// expect: passed false
// expect: listening
// expect: message 1022
// expect: message 1023
// expect: message over
// expect: drain true
