// SPDX-License-Identifier: MIT
// 30 KB come in at least four pieces; a pause in one holds back the rest, eof
// too, and loses nothing.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var text = "";
for (var i = 0; i < 30000; i++)
    text += String.fromCharCode(i & 255);

var server = node.tcp.createServer(function (connection) {
    connection.send(text, "binary");
    connection.close();
});
server.listen(0, host);

var pieces = [];
var paused = false;
var early = false;
var client = node.tcp.createConnection(server.port, host);
client.addListener("receive", function (data) {
    if (paused)
        early = true;
    pieces.push(data);
    if (pieces.length !== 1)
        return;
    paused = true;
    client.readPause();
    setTimeout(function () {
        paused = false;
        client.readResume();
    }, 200);
});
client.addListener("eof", function () {
    if (paused)
        early = true;
    client.close();
});
client.addListener("close", function (hadError) {
    puts(hadError + " " + early);
    puts(pieces.length >= 4);
    puts(pieces.every(function (p) { return p.length <= 8192; }));
    puts(pieces.join("") === text);
    server.close();
});

// shards: 2
// expect: false false
// expect: true
// expect: true
// expect: true
