// SPDX-License-Identifier: MIT
// "close"(true), then "error" without arguments; with no listener nothing is
// thrown; afterwards the client can be used again.
include("/utils.js");
var server = node.http.createServer(function (request, response) {
    response.sendHeader(200, {});
    response.sendBody("now");
    response.finish();
});
server.listen(0, "127.0.0.1");
var port = server.port;
server.close();
server.addListener("close", function () {
    node.http.createClient(port, "127.0.0.1").get("/").finish(); // silent
    var client = node.http.createClient(port, "127.0.0.1");
    var tries = 0;
    client.addListener("close", function (e) { puts("close " + e); });
    client.addListener("error", function () {
        puts("error " + arguments.length);
        if (++tries > 1)
            return;
        server.listen(port, "127.0.0.1");
        client.get("/").finish(function (response) {
            response.addListener("body", puts);
            response.addListener("complete", function () { server.close(); });
        });
    });
    client.get("/").finish(function () { puts("response?"); });
    server = node.http.createServer(server.listeners("request")[0]);
});

// expect: close true
// expect: error 0
// expect: now
// expect: close false
