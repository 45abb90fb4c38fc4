// SPDX-License-Identifier: MIT
// options: --cores 3
// Shard 2 blocks for a second; the others send to it and to each other, their
// timers run, and it gets all of it in order.
var shard = node.shard;
var COUNT = 200000;
if (shard.id === 2) {
    var seen = [0, 0];
    shard.addListener("message", function (number, from) {
        if (number !== seen[from]++)
            console.log("wrong: " + number + " from " + from);
        if (seen[0] === COUNT && seen[1] === COUNT)
            console.log("all of it, in order");
    });
    shard.expose("block", function () {
        shard.send(0, "blocked");
        shard.send(1, "blocked");
        // They leave in the next turn, or when this one is over.
        setTimeout(function () {
            for (var until = Date.now() + 1000; Date.now() < until;);
            Atomics.store(new Int32Array(shard.shared("free", 4)), 0, 1);
        }, 20);
    });
} else {
    var free = new Int32Array(shard.shared("free", 4));
    var ticks = 0;
    shard.addListener("message", function (message) {
        if (message !== "blocked")
            return;
        for (var i = 0; i < COUNT; i++)
            shard.send(2, i);
        var ticking = setInterval(function () {
            shard.call(1 - shard.id, "alive").addCallback(function () {
                if (Atomics.load(free, 0) === 0)
                    ticks++;
                else
                    clearInterval(ticking);
            });
        }, 10);
    });
    shard.expose("alive", function () {});
    if (shard.id === 0) {
        shard.call(2, "block");
        process.addListener("exit", function () {
            console.log(ticks >= 5 ? "timers ran" : "ticks: " + ticks);
        });
    }
}
// expect: all of it, in order
// expect: timers ran
