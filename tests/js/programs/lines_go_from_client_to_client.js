// SPDX-License-Identifier: MIT
// A server of lines, whose clients send them in any pieces.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var users = {}, left = [];

var server = node.tcp.createServer(function (socket) {
    var buffer = "";
    socket.setTimeout(0);
    socket.setNoDelay();
    socket.setEncoding("utf8");
    socket.addListener("connect", function () {
        this.send("HELLO " + this.remoteAddress + "\r\n");
    });
    socket.addListener("receive", function (data) {
        buffer += data;
        var i;
        while ((i = buffer.indexOf("\r\n")) >= 0) {
            var line = buffer.slice(0, i);
            buffer = buffer.slice(i + 2);
            command(socket, line.split(" "));
        }
    });
    socket.addListener("eof", function () { socket.close(); });
    socket.addListener("close", function (hadError) {
        delete users[socket.nick];
        left.push(socket.nick + " left " + hadError);
        if (socket.nick === "bob")
            server.close();
    });
});

function command(socket, words) {
    switch (words[0]) {
    case "NICK":
        socket.nick = words[1];
        users[words[1]] = socket;
        socket.send("OK " + words[1] + "\r\n");
        break;
    case "TELL":
        var user = users[words[1]];
        if (user)
            user.send(socket.nick + ": " + words[2] + "\r\n", "utf8");
        else
            socket.send("nobody is called " + words[1] + "\r\n");
        break;
    case "QUIT":
        socket.send("BYE\r\n");
        socket.close();
    }
}
server.listen(0, host);

function join(nick, hear) {
    var socket = node.tcp.createConnection(server.port, host);
    var heard = "", seen = 0;
    socket.setEncoding("utf8");
    socket.addListener("connect", function () {
        socket.send("NICK " + nick + "\r\n");
    });
    socket.addListener("receive", function (data) {
        heard += data;
        var lines = heard.split("\r\n");
        for (; seen < lines.length - 1; seen++)
            hear.call(socket, lines[seen]);
    });
    socket.addListener("eof", function () { socket.close(); });
    socket.addListener("close", function (hadError) {
        puts(nick + " " + hadError);
        print(heard.replace(/\r/g, ""));
        if (nick === "alice")
            bob.send("QUIT\r\n");
    });
}

var bob;
join("bob", function (line) {
    if (line === "OK bob")
        join("alice", function (line) {
            var socket = this;
            if (line !== "OK alice")
                return;
            socket.send("TELL eve hi\r\nTELL bob h\u00e9llo\r\nQU", "utf8");
            setTimeout(function () { socket.send("IT\r\n"); }, 50);
        });
    bob = this;
});

process.addListener("exit", function () { puts(left.join()); });

// shards: 4
// expect: alice false
// expect: HELLO 127.0.0.1
// expect: OK alice
// expect: nobody is called eve
// expect: BYE
// expect: bob false
// expect: HELLO 127.0.0.1
// expect: OK bob
// expect: alice: héllo
// expect: BYE
// expect: alice left false,bob left false
