// SPDX-License-Identifier: MIT
// 200 letters, one every 10 ms, through an echo; again and again the client
// reads nothing for half a second.
include("/utils.js");
var N = 200;
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var received = "", sent = "", pauses = 0, moved = 0;

var server = node.tcp.createServer(function (socket) {
    socket.addListener("receive", function (data) { socket.send(data); });
    socket.addListener("eof", function () { socket.close(); });
});
server.listen(0, host);

var client = node.tcp.createConnection(server.port, host);
client.setEncoding("ascii");
client.addListener("connect", function () {
    var timer = setInterval(function () {
        var letter = String.fromCharCode(97 + sent.length % 26);
        client.send(letter);
        sent += letter;
        if (sent.length === N)
            clearInterval(timer);
    }, 10);
});
client.addListener("receive", function (data) {
    received += data;
    if (received.length === N)
        client.close();
});
client.addListener("close", function () {
    clearTimeout(next);
    server.close();
});

var next;
function pause() {
    client.readPause();
    pauses++;
    var before = received.length;
    next = setTimeout(function () {
        if (received.length !== before)
            moved++;
        client.readResume();
        next = setTimeout(pause, 100);
    }, 500);
}
next = setTimeout(pause, 300);

process.addListener("exit", function () {
    puts(received === sent && pauses > 1 && moved === 0);
});

// shards: 2
// expect: true
