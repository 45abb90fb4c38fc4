// SPDX-License-Identifier: MIT
// options: --cores 4
var shard = node.shard;
var COUNT = 3000;
var came = [0, 0, 0, 0];
if (shard.id === 2) {
    var room = [], drained = [];
    for (var i = 0; i < COUNT; i++)
        room.push(shard.broadcast(i % 2 ? {n: i} : i));
    console.log(room.indexOf(false), room.lastIndexOf(true));
    shard.addListener("drain", function (id) { drained.push(id); });
    shard.addListener("message", function (message, from) {
        console.log("came back", message, from);
    });
    process.addListener("exit", function () {
        console.log(drained.sort().join());
    });
} else {
    shard.addListener("message", function (message, from) {
        var n = typeof message === "object" ? message.n : message;
        if (from !== 2 || n !== came[from]++)
            console.log("wrong", from, n);
        if (n === COUNT - 1)
            console.log("all came");
    });
}
// expect: 1024 1023
// expect: all came
// expect: all came
// expect: all came
// expect: 0,1,3
