// SPDX-License-Identifier: MIT
// As U+FFFD, before "eof"; which waits if that is what makes a listener pause.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var log = [];
var server = node.tcp.createServer(function (connection) {
    connection.setEncoding("utf8");
    connection.addListener("receive", function (data) {
        log.push(escape(data));
        if (data !== "\ufffd")
            return;
        connection.readPause();
        setTimeout(function () {
            log.push("resume");
            connection.readResume();
        }, 50);
    });
    connection.addListener("eof", function () {
        log.push("eof " + connection.readyState);
        connection.close();
        server.close();
    });
});
server.listen(0, host);
var client = node.tcp.createConnection(server.port, host);
client.addListener("connect", function () {
    client.send("a\xe2\x82");
    setTimeout(function () {
        client.send("\xac\xe2\x82");
        setTimeout(function () { client.close(); }, 50);
    }, 50);
});
process.addListener("exit", function () { puts(log.join("\n")); });

// shards: 2
// expect: a
// expect: %u20AC
// expect: %uFFFD
// expect: resume
// expect: eof writeOnly
