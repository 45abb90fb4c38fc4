// SPDX-License-Identifier: MIT
// A name with addresses of both families; IPv4 comes first, where nobody is.
include("/utils.js");
var server = node.tcp.createServer(function (connection) {
    connection.addListener("eof", function () {
        connection.send(connection.remoteAddress);
        connection.close();
    });
});
server.listen(0, "::1");
var port = server.port;

var client = node.tcp.createConnection(port, "both.test");
client.setNoDelay();
client.addListener("connect", function () {
    puts("connect " + client.readyState);
    client.send("data");
    client.close();
});
client.addListener("receive", function (data) { puts(data); });
client.addListener("close", function (hadError) {
    puts("close " + hadError);
    server.close();
});
server.addListener("close", function () {
    var refused = node.tcp.createConnection(port, "both.test");
    refused.addListener("connect", function () { puts("connected?"); });
    refused.addListener("close", function (hadError) {
        puts("nobody anywhere " + hadError);
    });
    var dropped = node.tcp.createConnection(port, "both.test");
    dropped.addListener("close", function (hadError) {
        puts("dropped " + hadError);
    });
    dropped.forceClose();
});

// within: dnsmasq
// expect: connect open
// expect: ::1
// expect: close false
// expect: dropped false
// expect: nobody anywhere true
