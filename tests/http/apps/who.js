// SPDX-License-Identifier: MIT
//
// Answers each request with the shard and the target; /big with 100 MB.
// On PORT, if it is set.

var piece = new Uint8Array(100000);

function sendBig(response) {
    var left = 1000;
    function send() {
        while (left-- > 0)
            if (!response.sendBody(piece))
                return;
        response.finish();
    }
    response.addListener("drain", send);
    response.sendHeader(200, {});
    send();
}

var server = node.http.createServer(function (request, response) {
    if (request.uri.file === "big") {
        sendBig(response);
        return;
    }
    response.sendHeader(200, {});
    response.sendBody(node.shard.id + " " + request.uri.source);
    response.finish();
});
server.listen(Number(ENV.PORT) || 0);
console.log(server.port);
