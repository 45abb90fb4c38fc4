// SPDX-License-Identifier: MIT
// With "Connection: keep-alive" the next request goes over the same connection;
// one that the server closed is replaced.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var connections = 0, requests = 0;
var server = node.http.createServer(function (request, response) {
    requests++;
    var close = request.uri.path === "/close";
    response.sendHeader(200, close ? {"Connection": "close"} : {});
    response.sendBody("x");
    response.finish();
});
server.addListener("connection", function () { connections++; });
server.listen(0, host);
var client = node.http.createClient(server.port, host);
var paths = ["/a", "/b", "/close", "/c", "/d"];
function ask(index) {
    client.get(paths[index], {"Connection": "keep-alive"})
        .finish(function (response) {
            response.addListener("complete", function () {
                if (index + 1 < paths.length)
                    ask(index + 1);
                else
                    end();
            });
        });
}
ask(0);
function end() {
    puts(connections + " " + requests + " " + client.readyState);
    client.close();
    server.close();
}

// shards: 2
// expect: 2 5 open
