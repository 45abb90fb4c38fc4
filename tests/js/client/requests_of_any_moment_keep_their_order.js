// SPDX-License-Identifier: MIT
// Made while another is in flight, or while its connection closes, they are sent
// on the next connection.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var asked = [];
var server = node.http.createServer(function (request, response) {
    asked.push(request.uri.file);
    response.sendHeader(200, {});
    response.sendBody(request.uri.file);
    response.finish();
});
server.listen(0, host);

var client = node.http.createClient(server.port, host);
var answered = [];
function ask(name) {
    client.get("/" + name).finish(function (response) {
        response.addListener("body", function (chunk) { answered.push(chunk); });
        if (name === "first")
            ask("in_response");
    });
}
function once(event, name) {
    var done = false;
    client.addListener(event, function () {
        if (!done) {
            done = true;
            puts(event + " " + client.readyState);
            ask(name);
        }
    });
}
once("connect", "in_connect");
once("eof", "in_eof");
once("close", "in_close");
ask("first");
client.addListener("close", function () {
    if (answered.length === 5) {
        puts(asked.join());
        puts(asked.join() === answered.join());
        server.close();
    }
});

// shards: 2
// expect: connect open
// expect: eof closed
// expect: close closed
// expect: first,in_connect,in_response,in_eof,in_close
// expect: true
