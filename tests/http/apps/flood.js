// SPDX-License-Identifier: MIT
//
// As who.js, but the first request keeps the shard busy for three seconds,
// while others connect and ask, and then closes the server.

var busy = true;
var server = node.http.createServer(function (request, response) {
    if (busy) {
        busy = false;
        var until = Date.now() + 3000;
        while (Date.now() < until) {}
        server.close();
    }
    response.sendHeader(200, {});
    response.sendBody(node.shard.id + " " + request.uri.source);
    response.finish();
});
server.addListener("close", function () { console.log("closed"); });
server.listen(0);
console.log(server.port);
