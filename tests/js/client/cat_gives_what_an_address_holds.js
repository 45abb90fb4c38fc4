// SPDX-License-Identifier: MIT
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var server = node.http.createServer(function (request, response) {
    switch (request.uri.path) {
    case "/cut":
        response.sendHeader(200, {"Content-Length": 100});
        response.sendBody("part");
        setTimeout(function () { request.connection.forceClose(); }, 50);
        return;
    case "/fails":
        response.sendHeader(500, {});
        response.sendBody("no content of this");
        break;
    default:
        response.sendHeader(201, {});
        response.sendBody("\u00e9\u20ac " + request.uri, "utf8");
    }
    response.finish();
});
server.listen(0, host);
var root = "http://" + host + ":" + server.port;

function show(address, encoding) {
    try {
        puts(node.http.cat(address, encoding).wait());
    } catch (e) {
        puts("error " + e);
    }
}
show(root);                    // expect: é€ /
show(root + "/a/b?c=d&e#f");   // expect: é€ /a/b?c=d&e
puts(node.http.cat(root, "binary").wait().length); // expect: 7
show(root + "/fails");         // expect: error 500
node.http.cat(root + "/cut").addErrback(function () {
    puts("cut " + arguments.length);
    node.cat(root + "/").addCallback(function (content) {
        puts(content);
        var port = server.port;
        server.close();
        server.addListener("close", function () {
            node.http.cat("http://" + host + ":" + port + "/")
                .addErrback(function () { puts("refused " + arguments.length); });
        });
    });
});

// shards: 2
// expect: cut 0
// expect: é€ /
// expect: refused 0
