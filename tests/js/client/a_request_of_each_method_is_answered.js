// SPDX-License-Identifier: MIT
// What goes over the wire for each method and framing, and what comes back.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var server = node.http.createServer(function (request, response) {
    var body = "";
    request.setBodyEncoding("utf8");
    request.addListener("body", function (chunk) { body += chunk; });
    request.addListener("complete", function () {
        var headers = JSON.stringify(request.headers)
            .replace(/127.0.0.\d:\d+/, "HOST");
        response.sendHeader(201, {"X-A": "1", "x-a": "2"});
        response.sendBody(request.method + " " + request.uri.source + " " +
                          headers + " " + body + "\u00e9", "utf8");
        response.finish();
    });
});
server.listen(0, host);
var client = node.http.createClient(server.port, host);
puts(client.readyState + " " + (client instanceof node.tcp.Connection));
var left = 5;
function show(response) {
    var body = "";
    puts(response.statusCode + " " + response.httpVersion + " " +
         response.headers["X-A"] + response.headers["x-a"] + " " +
         (response.client === client) + (response.connection === client) + " " +
         (response instanceof node.http.ClientResponse));
    response.setBodyEncoding("utf8");
    response.addListener("body", function (chunk) { body += chunk; });
    response.addListener("complete", function () {
        puts(body);
        if (--left === 0)
            server.close();
    });
}
client.get("/g?a=1").finish(show);
client.head("/h", {"Host": "own"}).finish(show);
var post = client.post("/p", {"X": "y"});
post.sendBody("a");
post.sendBody("b\u20ac", "utf8");
post.sendBody([99]);
post.finish(show);
var put = client.put("/u", [["Content-Length", "3"], ["X", "1"], ["X", "2"]]);
put.sendBody("abc");
put.finish(show);
client.del("/d").finish(show);

// shards: 2
// expect: closed true
// expect: 201 1.1 12 truetrue true
// expect: GET /g?a=1 {"Host":"HOST","Connection":"close"} é
// expect: 201 1.1 12 truetrue true
// expect:
// expect: 201 1.1 12 truetrue true
// expect: POST /p {"X":"y","Host":"HOST","Connection":"close","Transfer-Encoding":"chunked"} ab€cé
// expect: 201 1.1 12 truetrue true
// expect: PUT /u {"Content-Length":"3","X":"1, 2","Host":"HOST","Connection":"close"} abcé
// expect: 201 1.1 12 truetrue true
// expect: DELETE /d {"Host":"HOST","Connection":"close","Transfer-Encoding":"chunked"} é
