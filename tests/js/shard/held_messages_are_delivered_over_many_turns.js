// SPDX-License-Identifier: MIT
// shards: 2
// Timers run between them, and they are in order still.
var shard = node.shard;
var COUNT = 100000;
var next = (shard.id + 1) % shard.count;
for (var i = 0; i < COUNT; i++)
    shard.send(next, i);
shard.send(next, "last");
var seen = 0, turns = 0;
function listen() {
    shard.addListener("message", function (message) {
        if (message === "last")
            console.log(seen === COUNT, turns > 20);    // expect: true true
        else if (message !== seen++)
            console.log("wrong: " + message);
    });
    setTimeout(function turn() {
        turns++;
        if (seen < COUNT)
            setTimeout(turn);
    });
}
// Not before all of them are here: the call comes behind them.
shard.expose("listen", listen);
shard.call(next, "listen");
