// SPDX-License-Identifier: MIT
// within: manual
include("/utils.js");
var server = node.tcp.createServer();

server.addListener("connection", function (socket) {
  puts("someone connected!");
});

server.listen(7000);
node.tcp.createConnection(7000).addListener("connect", function () {
    this.close();
    server.close();
});
server.addListener("connection", function (socket) {
    socket.addListener("eof", function () { socket.close(); });
});
// expect: someone connected!
