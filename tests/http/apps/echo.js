// SPDX-License-Identifier: MIT
//
// Answers with what came: GET with method, path, version and headers as text,
// else with the body as it streams in, by pausing and drain.

var server = node.http.createServer(function (request, response) {
    var fields = { "Content-Type": "application/octet-stream" };
    if (request.method === "GET" || request.method === "HEAD") {
        var text = [request.method, request.uri.path,
                    request.httpVersion].join(" ") + "\n";
        for (var name in request.headers)
            text += name + ": " + request.headers[name] + "\n";
        response.sendHeader(Number(request.uri.params.status) || 200, fields);
        response.sendBody(text, "utf8");
        response.finish();
        return;
    }
    response.sendHeader(200, fields);
    request.addListener("body", function (chunk) {
        if (!response.sendBody(chunk, "binary"))
            request.pause();
    });
    response.addListener("drain", function () { request.resume(); });
    request.addListener("complete", function () { response.finish(); });
});
server.listen(0);
console.log(server.port);
