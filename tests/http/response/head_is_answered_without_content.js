// SPDX-License-Identifier: MIT
//
// The answer to HEAD is that to GET without its content: the length of the body
// that is discarded, the caller's own length, or chunked.

var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    response.sendHeader(200, file === "own" ? { "Content-Length": 1000 } :
        file === "chunked" ? { "Transfer-Encoding": "chunked" } : {});
    if (file !== "none")
        response.sendBody("discarded");
    if (file === "stream" || file === "chunked" || file === "own")
        response.sendBody("more");
    response.finish();
});
server.listen(0);
console.log(server.port);

/* wire
> HEAD /one HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 9
<
> HEAD /none HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> HEAD /own HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 1000
< Date: *
< Connection: keep-alive
<
> HEAD /chunked HTTP/1.1
>
< HTTP/1.1 200 OK
< Transfer-Encoding: chunked
< Date: *
< Connection: keep-alive
<
> HEAD /stream HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
> GET /one HTTP/1.1
> Connection: close
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 9
<
< discarded\
eof
as old
> HEAD /one HTTP/1.0
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 9
<
eof
*/
