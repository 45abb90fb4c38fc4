// SPDX-License-Identifier: MIT
// options: --cores 2
var shard = node.shard;
shard.addListener("message", function () {});
shard.expose("burn", function () {
    for (var until = Date.now() + 50; Date.now() < until;);
});
if (shard.id === 0) setTimeout(function () {
    shard.call(1, "burn").wait();
    var mine = shard.stats(0).wait(), its = shard.stats(1).wait();
    console.log(Object.keys(mine).sort().join());
    // expect: busy,connections,heapTotal,heapUsed,received,requests,sent,turns,waiting,wakes
    console.log(Object.values(its).every(function (n) {
        return typeof n === "number" && n >= 0;
    }));                                                // expect: true
    for (var i = 0; i < 1000; i++)
        shard.send(1, i);
    console.log(shard.stats(0).wait().waiting <= 1000); // expect: true
    shard.call(1, "burn").wait();
    var mine2 = shard.stats(0).wait(), its2 = shard.stats(1).wait();
    console.log(mine2.sent - mine.sent >= 1002, its2.received - its.received >= 1002);
    // expect: true true
    console.log(mine2.received > mine.received, its2.sent > its.sent);
    // expect: true true
    console.log(mine2.waiting, its2.waiting);           // expect: 0 0
    console.log(its2.turns > its.turns, its2.busy - its.busy >= 45);
    // expect: true true
    // The answer comes behind them.
    for (i = 0; i < 5; i++)
        shard.send(0, i);
    console.log(shard.stats(0).wait().waiting);         // expect: 0
    console.log(its2.heapUsed > 0, its2.heapTotal >= its2.heapUsed);
    // expect: true true
    // A sleep that a message ends.
    setTimeout(function () {
        var wakes = shard.stats(1).wait().wakes;
        setTimeout(function () {
            shard.send(1, "wake up");
            setTimeout(function () {
                console.log(shard.stats(1).wait().wakes > wakes); // expect: true
                connections();
            }, 100);
        }, 100);
    }, 100);
});

// Both ends of one connection.
function connections() {
    var server = node.http.createServer(function (request, response) {
        var stats = shard.stats(0).wait();
        console.log(stats.connections, stats.requests); // expect: 2 1
        response.sendHeader(200, {});
        response.finish();
        server.close();
    });
    server.listen(0, "127.0.0.1");
    var client = node.http.createClient(server.port, "127.0.0.1");
    client.get("/").finish(function (response) {
        response.addListener("complete", function () { console.log("answered"); });
        // expect: answered
    });
}
