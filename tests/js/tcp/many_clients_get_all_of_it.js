// SPDX-License-Identifier: MIT
// 40 KB to each of 100 clients at once, each reconnecting five times with the
// same object: 500 connections, all data, no error.
include("/utils.js");
var body = new Array(40 * 1024 + 1).join("C");
var served = 0, whole = 0, errors = 0, ended = 0;
var server = node.tcp.createServer(function (connection) {
    served++;
    connection.addListener("connect", function () {
        connection.send(body);
        connection.close();
    });
});
server.listen(0);

function client() {
    var count = 0, got = 0;
    var c = node.tcp.createConnection(server.port);
    c.addListener("connect", function () { got = 0; });
    c.addListener("receive", function (data) { got += data.length; });
    c.addListener("eof", function () { c.close(); });
    c.addListener("close", function (hadError) {
        if (hadError)
            errors++;
        if (got === body.length)
            whole++;
        if (++count < 5)
            c.connect(server.port);
        else if (++ended === 100)
            server.close();
    });
}
for (var i = 0; i < 100; i++)
    client();
process.addListener("exit", function () {
    puts(served + " " + whole + " " + errors);
});

// expect: 500 500 0
