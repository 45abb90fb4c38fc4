// SPDX-License-Identifier: MIT
//
// A chat, on port ENV.PORT or 8000, best with --cores auto:
//
//     curl -N http://localhost:8000/                     listen
//     curl -d "hello" http://localhost:8000/             say something
//
// Who listens has a response that never ends.  What is said at one shard is
// broadcast to the others, and each tells its own listeners.

include("/utils.js");

var listeners = new Set(); // responses

// Who does not keep up is dropped.
function tell(line) {
    listeners.forEach(function (response) {
        if (!response.sendBody(line, "utf8"))
            response.request.connection.forceClose();
    });
}

node.shard.addListener("message", tell);

function listen(request, response) {
    response.sendHeader(200, {"Content-Type": "text/plain; charset=utf-8"});
    response.sendBody("welcome\n");
    listeners.add(response);
    request.connection.addListener("close", function () {
        listeners.delete(response);
    });
}

function say(request, response) {
    var line = "";
    request.setBodyEncoding("utf8");
    request.addListener("body", function (chunk) { line += chunk; });
    request.addListener("complete", function () {
        tell(line + "\n");
        node.shard.broadcast(line + "\n");
        response.sendHeader(204, {});
        response.finish();
    });
}

var server = node.http.createServer(function (request, response) {
    (request.method === "POST" ? say : listen)(request, response);
});
server.listen("PORT" in ENV ? ENV.PORT : 8000);
puts("Chat at http://127.0.0.1:" + server.port + "/");
