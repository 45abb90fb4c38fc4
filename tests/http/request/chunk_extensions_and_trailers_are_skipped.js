// SPDX-License-Identifier: MIT
//
// Of a chunked body only the content is told: no extension, no trailer; nor do
// trailers show up among the headers.

var server = node.http.createServer(function (request, response) {
    request.addListener("body", function (chunk) { console.log(chunk); });
    request.addListener("complete", function () {
        console.log(JSON.stringify(request.headers));
        response.sendHeader(200, {});
        response.finish();
    });
});
server.listen(0);
console.log(server.port);

// expect: hello
// expect:  world
// expect: {"Transfer-Encoding":"chunked","Trailer":"Checksum"}
// expect: {"A":"b"}

/* wire
> PUT / HTTP/1.1
> Transfer-Encoding: chunked
> Trailer: Checksum
>
> 5;name=value;other="quoted"
> hello
> 6;x
>  world
> 0;last
> Checksum: 123
> More: trailers
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET / HTTP/1.1
> A: b
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
