// SPDX-License-Identifier: MIT
// connect() inside "close", 50 times on one object; the server sees each end
// cleanly.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var clean = 0, connects = 0, got = "";
var server = node.tcp.createServer(function (connection) {
    connection.addListener("receive", function (data) {
        connection.send(data);
    });
    connection.addListener("eof", function () { connection.close(); });
    connection.addListener("close", function (hadError) {
        if (!hadError)
            clean++;
        if (clean === 50)
            server.close();
    });
});
server.listen(0, host);
var client = node.tcp.createConnection(server.port, host);
client.addListener("connect", function () { client.send("" + connects % 10); });
client.addListener("receive", function (data) {
    got += data;
    client.close();
});
client.addListener("close", function (hadError) {
    if (hadError)
        puts("error");
    if (++connects < 50)
        client.connect(server.port, host);
});
process.addListener("exit", function () {
    puts(clean + " " + connects + " " + (got === "01234567890123456789" +
         "012345678901234567890123456789"));
});

// shards: 2
// expect: 50 50 true
