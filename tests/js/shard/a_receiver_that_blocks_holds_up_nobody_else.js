// SPDX-License-Identifier: MIT
// options: --cores 3
// Shard 2 blocks for a second and until the others, which send to it all the
// while, have seen ten ticks of their timers and answers of each other; then it
// gets all that they sent, in order.
var shard = node.shard;
var COUNT = 300000;
var ticks = new Int32Array(shard.shared("ticks", 8));

function block() {
    var from = Date.now();
    while (Date.now() < from + 1000 || ticks[0] < 10 || ticks[1] < 10)
        if (Date.now() > from + 60000) {
            console.log("held up: " + ticks);
            return;
        }
}

if (shard.id === 2) {
    var seen = [0, 0];
    shard.addListener("message", function (number, from) {
        if (number !== seen[from]++)
            console.log("wrong: " + number + " from " + from);
        if (seen[0] === COUNT && seen[1] === COUNT)
            console.log("all of it, in order");
    });
    shard.callAll("begin").addCallback(function () { setTimeout(block, 10); });
    shard.expose("begin", function () {});
} else {
    shard.expose("alive", function () {});
    shard.expose("begin", function () {
        setTimeout(function () {
            for (var i = 0; i < COUNT; i++)
                shard.send(2, i);
            var ticking = setInterval(function () {
                shard.call(1 - shard.id, "alive").addCallback(function () {
                    if (Atomics.add(ticks, shard.id, 1) > 10)
                        clearInterval(ticking);
                });
            }, 10);
        }, 50);
    });
}
// expect: all of it, in order
