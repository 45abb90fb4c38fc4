// SPDX-License-Identifier: MIT
// Refused, unknown, and bad arguments.
include("/utils.js");
var server = node.tcp.createServer(function () {});
server.listen(0, "127.0.0.1");
var port = server.port;
server.addListener("close", function () { attempt("127.0.0.1"); });
server.close();

function attempt(host) {
    var inside = true;
    var c = node.tcp.createConnection(port, host);
    c.addListener("connect", function () { puts("connected?"); });
    c.addListener("close", function (hadError) {
        puts(host + " " + hadError + " " + inside + " " + c.readyState);
        if (host === "127.0.0.1")
            attempt("no.such.name.invalid");
    });
    inside = false;
}

[[], ["x"], [-1], [65536], [1.5], [1, 5], [1, ""]].forEach(function (args) {
    try {
        node.tcp.createConnection.apply(null, args);
        puts("no error: " + args);
    } catch (e) {
        puts(e instanceof TypeError ? e.message : e);
    }
});

// environment: NODE_DNS_SERVERS=127.0.0.1:1
// expect: connect: port must be an integer from 0 to 65535
// expect: connect: port must be an integer from 0 to 65535
// expect: connect: port must be an integer from 0 to 65535
// expect: connect: port must be an integer from 0 to 65535
// expect: connect: port must be an integer from 0 to 65535
// expect: connect: host must be a string
// expect: connect: host must be a string
// expect: 127.0.0.1 true false closed
// expect: no.such.name.invalid true false closed
