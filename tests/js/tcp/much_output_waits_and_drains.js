// SPDX-License-Identifier: MIT
// send() never blocks; `pending` tells what waits and "drain" when it is gone.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var big = new Array(20 * 1024 * 1024 + 1).join("x");
var received = 0;
var server = node.tcp.createServer(function (peer) {
    peer.readPause();
    setTimeout(function () { peer.readResume(); }, 300);
    peer.addListener("receive", function (data) { received += data.length; });
    peer.addListener("eof", function () { peer.close(); });
});
server.listen(0, host);
var c = node.tcp.createConnection(server.port, host);
c.addListener("connect", function () {
    puts(c.pending);
    puts(c.send("") + " " + c.send(big));
    puts(c.pending > 64 * 1024);
});
c.addListener("drain", function () {
    puts("drain " + c.pending);
    c.close();
});
c.addListener("close", function (hadError) {
    puts(hadError + " " + (received === big.length));
    server.close();
});

// shards: 2
// expect: 0
// expect: 0 20971520
// expect: true
// expect: drain 0
// expect: false true
