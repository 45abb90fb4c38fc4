// SPDX-License-Identifier: MIT
// close() before the connection is established keeps "opening"; at "connect" it
// is readOnly.  forceClose() then ends it, with one "close".
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var server = node.tcp.createServer(function (connection) {
    connection.addListener("eof", function () {
        connection.send("answer");
        connection.close();
    });
});
server.listen(0, host);

var c = node.tcp.createConnection(server.port, host);
c.close();
puts(c.readyState);
c.addListener("connect", function () { puts("connect " + c.readyState); });
c.addListener("receive", function (data) { puts(data + " " + c.readyState); });
c.addListener("close", function (hadError) {
    puts("close " + hadError);
    force();
});

function force() {
    var closes = 0;
    var f = node.tcp.createConnection(server.port, host);
    f.addListener("connect", function () { puts("connected?"); });
    f.addListener("close", function (hadError) {
        puts("forced " + hadError + " " + ++closes);
        server.close();
    });
    f.forceClose();
    f.forceClose();
    puts(f.readyState + " " + closes);
}

// shards: 2
// expect: opening
// expect: connect readOnly
// expect: answer readOnly
// expect: close false
// expect: closed 0
// expect: forced false 1
