// extension: ticker.c
// shards: 4
var ticker = require(ENV.EXTENSIONS + "/ticker.node");

// Four threads, and what else a shard does goes on.
var left = 4;
for (var i = 0; i < 4; i++) {
    (function () {
        var expected = 0;
        ticker.start(function (number) {
            if (number !== expected++)
                throw new Error("out of order: " + number);
            if (number === 4999 && --left === 0)
                console.log("all"); // expect: all
        }, 5000, 0);
    })();
}
var timers = 0;
setTimeout(function () { timers++; }, 1);

// The ports are closed then, and nothing else keeps the process.
process.addListener("exit", function () {
    console.log(timers, ticker.alive()); // expect: 1 0
});
