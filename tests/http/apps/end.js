// SPDX-License-Identifier: MIT
//
// GET /throw throws, /exit exits with 5, /close closes the server of its shard,
// /hang is never answered; the others are answered with the shard.
// On PORT, if it is set.

process.addListener("exit", function () { console.log("exit"); });
var server = node.http.createServer(function (request, response) {
    switch (request.uri.file) {
    case "throw":
        throw new Error("thrown in a listener");
    case "exit":
        node.exit(5);
        console.log("went on");
        return;
    case "hang":
        response.sendHeader(200, {});
        response.sendBody("begin");
        return;
    case "close":
        server.close();
    }
    response.sendHeader(200, {});
    response.sendBody(node.shard.id + " " + request.uri.source);
    response.finish();
});
server.listen(Number(ENV.PORT) || 0);
console.log(server.port);
