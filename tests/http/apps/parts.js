// SPDX-License-Identifier: MIT
// Answers an upload with its parts: name, filename, size, sum of the bytes.
include("/utils.js");
var Stream = require("/multipart.js").Stream;

var server = node.http.createServer(function (request, response) {
    var stream = new Stream(request);
    var lines = "";
    stream.addListener("part", function (part) {
        var disposition = part.headers["Content-Disposition"];
        var sum = 0;
        part.addListener("body", function (chunk) {
            for (var i = 0; i < chunk.length; i++)
                sum = (sum + chunk.charCodeAt(i)) % 65521;
            if (request.uri.params.wait) { // meanwhile nothing may overtake
                var promise = new node.Promise();
                setTimeout(function () { promise.emitSuccess(); }, 2);
                promise.wait();
            }
        });
        part.addListener("complete", function () {
            lines += disposition.name + " " + (disposition.filename || "-") +
                " " + part.bytesReceived + " " + sum + "\n";
        });
    });
    stream.addListener("complete", function () {
        lines += (stream.bytesReceived === stream.bytesTotal) + "\n";
        response.sendHeader(200, {"Content-Type": "text/plain"});
        response.sendBody(lines);
        response.finish();
    });
});
server.listen(0, "127.0.0.1");
puts(server.port);
