// SPDX-License-Identifier: MIT
//
// A request that ends within its head is none; one that ends within its body
// gets no "complete"; the connection closes, and the server goes on.

var server = node.http.createServer(function (request, response) {
    console.log("request", request.uri.path);
    request.addListener("body", function (chunk) { console.log(chunk); });
    request.addListener("complete", function () {
        console.log("complete");
        response.sendHeader(200, {});
        response.finish();
    });
    request.connection.addListener("close", function (had_error) {
        console.log("close", had_error);
    });
});
server.listen(0);
console.log(server.port);

// expect: request /length
// expect: abc
// expect: close false
// expect: request /chunked
// expect: abc
// expect: close false
// expect: request /chunk-cut
// expect: ab
// expect: close true
// expect: request /whole
// expect: complete
// expect: close false

/* wire
as head
> GET / HTTP/1.1
> Host: a\
fin
gone
as length
> PUT /length HTTP/1.1
> Content-Length: 5
>
> abc\
says abc
fin
gone
says close false
as chunked
> PUT /chunked HTTP/1.1
> Transfer-Encoding: chunked
>
> 3
> abc
says abc
fin
gone
says close false
as cut
> PUT /chunk-cut HTTP/1.1
> Transfer-Encoding: chunked
>
> 3
> ab\
says ab
reset
says close true
as whole
> GET /whole HTTP/1.1
> Connection: close
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 0
<
eof
close
*/
