// SPDX-License-Identifier: MIT
//
// As who.js; shard LEAVES stops listening 700 ms after its first request and
// says so; with CYCLES it listens again 5 ms later, and so on, so often.

var leaves = node.shard.id === Number(ENV.LEAVES);
var server = node.http.createServer(function (request, response) {
    if (leaves) {
        leaves = false;
        setTimeout(leave, 700);
    }
    response.sendHeader(200, {});
    response.sendBody(node.shard.id + " " + request.uri.source);
    response.finish();
});
server.listen(0);
var port = server.port;
console.log(port);

var cycles = Number(ENV.CYCLES) || 0;
function leave() {
    server.close();
    console.log("left");
    if (cycles-- > 0)
        setTimeout(function () {
            server.listen(port);
            console.log("returned");
            setTimeout(leave, 5);
        }, 5);
}
