// SPDX-License-Identifier: MIT
// forceClose() with data that nobody read is a reset: the peer's "close"(true),
// and no "eof".
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var server = node.tcp.createServer(function (connection) {
    connection.readPause();
    connection.addListener("close", function (hadError) {
        puts("server " + hadError + " " + connection.readyState);
    });
    setTimeout(function () { connection.forceClose(); }, 200);
});
server.listen(0, host);
var client = node.tcp.createConnection(server.port, host);
client.addListener("connect", function () {
    client.send(new Array(10001).join("x"));
});
client.addListener("eof", function () { puts("eof?"); });
client.addListener("close", function (hadError) {
    setTimeout(function () {
        puts("client " + hadError + " " + client.readyState);
        server.close();
    }, 50);
});

// shards: 2
// expect: server false closed
// expect: client true closed
