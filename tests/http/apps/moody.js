// SPDX-License-Identifier: MIT
//
// As who.js, but each request is answered in another way: at once, by a timer,
// in pieces, after await, after wait(), after a pause, by bytes; content is
// counted.  MOODS=a,b: only these.

function later(f) {
    setTimeout(f, Math.floor(Math.random() * 10));
}

function hasOnly(chunk, char) {
    for (var i = 0; i < chunk.length; i++)
        if (chunk[i] !== char)
            return false;
    return true;
}

function Answer(request, response) {
    this.request = request;
    this.response = response;
    this.length = 0;
}

Answer.prototype.text = function () {
    var text = node.shard.id + " " + this.request.uri.source;
    if (this.request.method === "PUT")
        text += " " + this.length;
    return text + new Array(Math.floor(Math.random() * 2000)).join(" ");
};

Answer.prototype.whole = function () {
    this.response.sendHeader(200, {});
    this.response.sendBody(this.text());
    this.response.finish();
};

Answer.prototype.inPieces = function () {
    var response = this.response;
    var text = this.text();
    response.sendHeader(200, {});
    (function send() {
        var size = 1 + Math.floor(Math.random() * 1000);
        response.sendBody(text.slice(0, size));
        text = text.slice(size);
        if (text === "")
            response.finish();
        else
            later(send);
    })();
};

Answer.prototype.inBytes = function () {
    var text = this.text();
    var bytes = new Uint8Array(text.length);
    for (var i = 0; i < text.length; i++)
        bytes[i] = text.charCodeAt(i);
    this.response.sendHeader(200, { "Content-Length": bytes.length });
    this.response.sendBody(bytes.subarray(0, 5));
    this.response.sendBody(bytes.buffer.slice(5));
    this.response.finish();
};

var waiting = 0;
var moods = {
    atOnce: function (answer) { answer.whole(); },
    later: function (answer) { later(function () { answer.whole(); }); },
    inPieces: function (answer) { answer.inPieces(); },
    inPiecesLater: function (answer) {
        later(function () { answer.inPieces(); });
    },
    inBytes: function (answer) { answer.inBytes(); },
    afterAwait: async function (answer) {
        await null;
        await new Promise(later);
        answer.whole();
    },
    afterWait: function (answer) {
        if (waiting < 20) {
            var promise = new node.Promise();
            waiting++;
            later(function () { promise.emitSuccess(); });
            promise.wait();
            waiting--;
        }
        answer.whole();
    }
};
var names = ENV.MOODS ? ENV.MOODS.split(",") : Object.keys(moods);

function anyOf(list) {
    return list[Math.floor(Math.random() * list.length)];
}

var server = node.http.createServer(function (request, response) {
    var answer = new Answer(request, response);
    var mood = anyOf(names);
    if (request.method === "GET") {
        moods[mood](answer);
        return;
    }
    var pauses = anyOf([0, 0, 1, 2]);
    request.addListener("body", function (chunk) {
        if (!hasOnly(chunk, "."))
            throw new Error("content: " + chunk);
        answer.length += chunk.length;
        if (pauses-- > 0) {
            request.pause();
            later(function () { request.resume(); });
        }
    });
    request.addListener("complete", function () { moods[mood](answer); });
});
server.listen(0);
console.log(server.port);
