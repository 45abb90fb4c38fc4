// SPDX-License-Identifier: MIT
//
// What a request holds may be replaced, seen before or not: some programs
// rewrite requests before others answer them.

function rewrite(request) {
    if (request.method === "POST")
        console.log("was " + request.uri.path + " " + request.headers["A"]);
    request.uri = node.http.parseUri("/new?x=1");
    request.headers = {"A": "another"};
    request.method = "DELETE";
}

var server = node.http.createServer(function (request, response) {
    rewrite(request);
    console.log(request.method, request.uri.path, request.uri.params.x,
                request.headers["A"]);
    response.sendHeader(204, {});
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: DELETE /new 1 another
// expect: was /old one
// expect: DELETE /new 1 another

/* wire
> GET /old HTTP/1.1
> A: one
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
> POST /old HTTP/1.1
> A: one
> Content-Length: 0
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/
