// SPDX-License-Identifier: MIT
//
// As who.js; shard LEAVES stops listening 700 ms after the start, says so, and
// listens again after another 700 ms when RETURNS is set.

var server = node.http.createServer(function (request, response) {
    response.sendHeader(200, {});
    response.sendBody(node.shard.id + " " + request.uri.source);
    response.finish();
});
server.listen(0);
var port = server.port;
console.log(port);

if (node.shard.id === Number(ENV.LEAVES))
    setTimeout(function () {
        server.close();
        console.log("left");
        if (ENV.RETURNS)
            setTimeout(function () {
                server.listen(port);
                console.log("returned");
            }, 700);
    }, 700);
