// SPDX-License-Identifier: MIT
// The same stream in pieces of every size gives the same events.
include("/utils.js");
var Stream = require("/multipart.js").Stream;

var text = "preamble\r\n--x\r\n" +
    "Content-Disposition: form-data; name=\"a \\\"b\"\r\n\r\n" +
    "one\r\n--xyz\r\n-\r\n" +
    "\r\n--x \r\n" +
    "content-disposition: form-data; NAME=file; filename=\"f;1.txt\"\r\n" +
    "Content-Type: text/plain\r\n\r\n" +
    "\r\n--x\r\n" +
    "\r\nno headers\r\n--x--\r\nepilogue";

function eventsOf(size) {
    var events = [];
    var stream = new Stream({boundary: "--x"});
    stream.addListener("part", function (part) {
        var body = "";
        events.push("part " + JSON.stringify(part.headers));
        part.addListener("body", function (chunk) { body += chunk; });
        part.addListener("complete", function () {
            events.push("complete " + JSON.stringify(body) + " " +
                        (part.bytesReceived === body.length) + " " +
                        (part.getStream() === stream));
        });
    });
    stream.addListener("complete", function () { events.push("end"); });
    for (var i = 0; i < text.length; i += size)
        stream.write(text.slice(i, i + size));
    events.push(stream.bytesReceived === text.length);
    return events.join("\n");
}

var whole = eventsOf(text.length);
puts(whole);
for (var size = 1; size < text.length; size++)
    if (eventsOf(size) !== whole)
        puts("pieces of " + size + ": " + eventsOf(size));

// expect: part {"Content-Disposition":{"name":"a \"b"}}
// expect: complete "one\r\n--xyz\r\n-\r\n" true true
// expect: part {"content-disposition":{"name":"file","filename":"f;1.txt"},"Content-Type":{}}
// expect: complete "" true true
// expect: part {}
// expect: complete "no headers" true true
// expect: end
// expect: true
