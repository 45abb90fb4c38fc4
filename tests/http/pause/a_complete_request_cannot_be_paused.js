// SPDX-License-Identifier: MIT
//
// pause() in or after "complete" does nothing: the next request of the
// connection is told.  pause() and resume() at once lose and reorder nothing.

var last;
var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    if (last)
        last.pause();
    last = request;
    request.pause();
    request.resume();
    request.addListener("body", function (chunk) {
        console.log("body", file, chunk);
        request.pause();
        request.resume();
        request.pause();
        request.resume();
    });
    request.addListener("complete", function () {
        console.log("complete", file);
        request.pause();
        response.sendHeader(200, {});
        response.finish();
        request.pause();
    });
});
server.listen(0);
console.log(server.port);

// expect: body 1 a
// expect: body 1 b
// expect: complete 1
// expect: complete 2
// expect: body 3 c
// expect: complete 3

/* wire
> PUT /1 HTTP/1.1
> Transfer-Encoding: chunked
>
> 1
> a
> 1
> b
> 0
>
> GET /2 HTTP/1.1
>
> PUT /3 HTTP/1.1
> Content-Length: 1
>
> c\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
