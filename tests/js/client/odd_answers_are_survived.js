// SPDX-License-Identifier: MIT
// What a server may do wrong, byte for byte: no answer, garbage, a cut body, a
// cut chunk, an answer without length, 1xx first, a huge head, an answer nobody
// asked for.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var answers = [
    ["nothing", ""],
    ["garbage", "what?\r\n\r\n"],
    ["cut head", "HTTP/1.1 200 OK\r\nConte"],
    ["cut body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"],
    ["cut chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"],
    ["no length", "HTTP/1.0 200 OK\r\n\r\nuntil the end"],
    ["interim", "HTTP/1.1 100 Continue\r\n\r\n" +
        "HTTP/1.1 204 No Content\r\n\r\n"],
    ["long", "HTTP/1.1 200 OK\r\nA: " + new Array(1 << 20).join("x")],
    ["two", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n" +
        "Content-Length: 2\r\n\r\nno"],
    ["good", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"]
];
var next = 0;
var server = node.tcp.createServer(function (peer) {
    var answer = answers[next++][1];
    peer.addListener("receive", function () {
        peer.send(answer);
        peer.close();
    });
});
server.listen(0, host);

// One client for all: it is good again after each.
var client = node.http.createClient(server.port, host);
function ask(index) {
    if (index === answers.length) {
        server.close();
        return;
    }
    var events = [], body = "";
    var request = client.get("/");
    request.addListener("error", function () { events.push("error"); });
    request.finish(function (response) {
        events.push(response.statusCode);
        response.addListener("body", function (chunk) { body += chunk; });
        response.addListener("complete", function () {
            events.push("complete");
        });
    });
    var done = false;
    client.addListener("close", function () {
        if (done)
            return;
        done = true;
        setTimeout(function () {
            puts(answers[index][0] + ": " + events.join(" ") + " " + body);
            ask(index + 1);
        }, 0);
    });
}
ask(0);

// shards: 2
// expect: nothing: error 
// expect: garbage: error 
// expect: cut head: error 
// expect: cut body: 200 abc
// expect: cut chunk: 200 ab
// expect: no length: 200 complete until the end
// expect: interim: 204 complete 
// expect: long: error 
// expect: two: 200 complete ok
// expect: good: 200 complete good
