// SPDX-License-Identifier: MIT
// All byte values in both directions, arrays, typed arrays, utf8 divided over
// pieces, "bytes", numbers; send() tells the bytes.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var all = "";
for (var i = 0; i < 256; i++)
    all += String.fromCharCode(i);

function exchange(name, encoding, setEncoding, data, wanted, next) {
    var got = [];
    var server = node.tcp.createServer(function (peer) {
        peer.addListener("receive", function (piece) {
            for (var i = 0; i < piece.length; i++) // byte by byte
                peer.send(piece[i], "binary");
        });
        peer.addListener("eof", function () { peer.close(); });
    });
    server.listen(0, host);
    var c = node.tcp.createConnection(server.port, host);
    puts(name + " " + c.setEncoding(setEncoding));
    c.addListener("connect", function () {
        puts(c.send(data, encoding));
        c.close();
    });
    c.addListener("receive", function (piece) { got.push(piece); });
    c.addListener("close", function () {
        var found = typeof got[0] === "string" ? got.join("") :
            got.map(function (bytes) {
                return Array.prototype.join.call(bytes);
            }).join();
        puts(found === wanted);
        server.close();
        if (next)
            next();
    });
}

exchange("binary", "binary", "binary", all, all, function () {
exchange("ascii", undefined, "ASCII", all + "\u20ac", all + "\xac",
         function () {
exchange("utf8", "utf8", "utf8", "h\u00e9\u20ac\ud83d\ude00",
         "h\u00e9\u20ac\ud83d\ude00", function () {
exchange("array", undefined, undefined, [0, 128, 255], "\0\x80\xff",
         function () {
exchange("bytes", undefined, "bytes", new Uint8Array([7, 0, 9]), "7,0,9",
         function () {
exchange("number", undefined, "nonsense", 12.5, "12.5");
}); }); }); }); });

// shards: 2
// expect: binary binary
// expect: 256
// expect: true
// expect: ascii ascii
// expect: 257
// expect: true
// expect: utf8 utf8
// expect: 10
// expect: true
// expect: array binary
// expect: 3
// expect: true
// expect: bytes bytes
// expect: 3
// expect: true
// expect: number binary
// expect: 4
// expect: true
