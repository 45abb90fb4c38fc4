// SPDX-License-Identifier: MIT
//
// PUT /: answers with what cksum(1) says of the body: checksum and length.
// PUT /?pause=BYTES: pauses after so many, says "paused BYTES", and goes on when
// GET /resume asks for it, after saying how many there are then.
// PUT /?cut=1: with the number and the greatest length of its pieces instead.

var table = new Uint32Array(256);
for (var i = 0; i < 256; i++) {
    var c = i << 24;
    for (var bit = 0; bit < 8; bit++)
        c = c & 0x80000000 ? (c << 1) ^ 0x04c11db7 : c << 1;
    table[i] = c;
}

function Sum() {
    this.crc = 0;
    this.length = 0;
}

Sum.prototype.add = function (text) {
    var crc = this.crc;
    for (var i = 0; i < text.length; i++)
        crc = (crc << 8) ^ table[(crc >>> 24) ^ text.charCodeAt(i)];
    this.crc = crc;
    this.length += text.length;
};

Sum.prototype.end = function () {
    var crc = this.crc;
    for (var n = this.length; n > 0; n = Math.floor(n / 256))
        crc = (crc << 8) ^ table[(crc >>> 24) ^ (n & 255)];
    return (~crc >>> 0) + " " + this.length;
};

var paused = null;
var sum;

function answer(response, text) {
    response.sendHeader(200, { "Content-Type": "text/plain" });
    response.sendBody(text + "\n");
    response.finish();
}

var server = node.http.createServer(function (request, response) {
    if (request.uri.path === "/resume") {
        console.log("resumed", sum.length);
        paused.resume();
        answer(response, "resumed");
        return;
    }
    var mine = sum = new Sum();
    var limit = Number(request.uri.params.pause) || Infinity;
    var pieces = 0, longest = 0;
    request.addListener("body", function (chunk) {
        mine.add(chunk);
        pieces++;
        if (chunk.length > longest)
            longest = chunk.length;
        if (mine.length >= limit) {
            limit = Infinity;
            paused = request;
            request.pause();
            console.log("paused", mine.length);
        }
    });
    request.addListener("complete", function () {
        answer(response, request.uri.params.cut ? pieces + " " + longest :
                                                  mine.end());
    });
});
server.listen(0);
console.log(server.port);
