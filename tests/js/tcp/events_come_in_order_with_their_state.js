// SPDX-License-Identifier: MIT
// The readyState table, on both sides, with `this` in listeners.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var log = { server: [], client: [] };

function watch(connection, name) {
    ["connect", "receive", "eof", "timeout", "close"].forEach(function (event) {
        connection.addListener(event, function (argument) {
            log[name].push(event + ":" + this.readyState +
                           (argument === undefined ? "" : "=" + argument) +
                           (this === connection ? "" : " this"));
        });
    });
}

var server = node.tcp.createServer(function (connection) {
    log.server.push("connection:" + connection.readyState + " " +
                    connection.remoteAddress + " " +
                    (connection.server === server) + " " + (this === server) +
                    " " + (connection instanceof node.tcp.Connection));
    watch(connection, "server");
    connection.send("hi"); // at once
    connection.addListener("eof", function () {
        connection.send("bye");
        connection.close();
        log.server.push("closed:" + connection.readyState);
        try {
            connection.send("more");
        } catch (e) {
            log.server.push(e.message);
        }
    });
    connection.addListener("close", function () { server.close(); });
});
server.listen(0, host);

var client = new node.tcp.Connection;
log.client.push(client.readyState + " " + client.remoteAddress);
watch(client, "client");
client.connect(server.port, host);
log.client.push(client.readyState);
try {
    client.send("too early");
} catch (e) {
    log.client.push(e.message);
}
try {
    client.connect(server.port, host);
} catch (e) {
    log.client.push(e.message);
}
client.addListener("receive", function (data) {
    if (data !== "hi")
        return;
    client.close();
    client.close();
    log.client.push("closed:" + client.readyState);
});
process.addListener("exit", function () {
    puts(log.server.join("\n"));
    puts(log.client.join("\n"));
});

// shards: 2
// expect: connection:open 127.0.0.1 true true true
// expect: connect:open
// expect: eof:writeOnly
// expect: closed:closed
// expect: Socket is not open for writing
// expect: close:closed=false
// expect: closed undefined
// expect: opening
// expect: Socket is not open for writing
// expect: Socket is not in CLOSED state.
// expect: connect:open
// expect: receive:open=hi
// expect: closed:readOnly
// expect: receive:readOnly=bye
// expect: eof:closed
// expect: close:closed=false
