// SPDX-License-Identifier: MIT
// within: manual
// The echo server, and what its client sees: the goodbye comes after the
// client's own FIN.
include("/utils.js");
function echo (socket) {
  socket.setEncoding("utf8");
  socket.addListener("connect", function () {
    socket.send("hello\r\n");
  });
  socket.addListener("receive", function (data) {
    socket.send(data);
  });
  socket.addListener("eof", function () {
    socket.send("goodbye\r\n");
    socket.close();
  });
}
var server = node.tcp.createServer(echo);
server.listen(7000, "localhost");

var got = "";
var client = node.tcp.createConnection(7000);
puts(client.readyState);
client.addListener("connect", function () {
    puts("connect " + client.readyState + " " + client.send("ping\r\n"));
});
client.addListener("receive", function (data) {
    got += data;
    if (got === "hello\r\nping\r\n") {
        client.close();
        puts("closing " + client.readyState);
    }
});
client.addListener("eof", function () { puts("eof " + client.readyState); });
client.addListener("close", function (hadError) {
    puts("close " + hadError + " " + client.readyState);
    puts(JSON.stringify(got));
    server.close();
});
server.addListener("close", function (errorno) { puts("server " + errorno); });

// expect: opening
// expect: connect open 6
// expect: closing readOnly
// expect: eof closed
// expect: close false closed
// expect: "hello\r\nping\r\ngoodbye\r\n"
// expect: server 0
