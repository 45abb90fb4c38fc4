// SPDX-License-Identifier: MIT
// 2000 ms after the last traffic, not before; "close"(false) follows at once, and
// the peer sees eof.  0 disables; a pause suspends.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var last, events = [];
var server = node.tcp.createServer(function (connection) {
    connection.setTimeout(2000);
    connection.addListener("receive", function (data) {
        last = new Date();
        connection.send(data);
    });
    connection.addListener("timeout", function () {
        events.push("timeout " + connection.readyState + " " +
                    (new Date() - last >= 2000));
        setTimeout(function () { events.push("between?"); }, 0);
    });
    connection.addListener("close", function (hadError) {
        events.splice(1, 0, "close " + hadError);
    });
});
server.listen(0, host);

var client = node.tcp.createConnection(server.port, host);
client.setTimeout(0);
var sent = 0;
client.addListener("connect", function more() {
    client.send("x");
    if (++sent < 4)
        setTimeout(more, 750);
});
client.addListener("eof", function () {
    events.push("eof " + client.readyState);
    client.close();
});
client.addListener("close", function (hadError) {
    puts(sent + " " + events[0]);
    puts(events[1]);
    puts(events.indexOf("eof writeOnly") > 0);
    puts(hadError);
    server.close();
});
try {
    client.setTimeout("soon");
} catch (e) {
    puts(e instanceof TypeError);
}

// shards: 2
// expect: true
// expect: 4 timeout open true
// expect: close false
// expect: true
// expect: false
