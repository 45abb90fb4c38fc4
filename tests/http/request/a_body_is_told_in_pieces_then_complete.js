// SPDX-License-Identifier: MIT
//
// "body" with strings that are the body in the end, "complete" once and last;
// no "body" where there is none, "complete" all the same.

var server = node.http.createServer(function (request, response) {
    console.log(request.method, request.uri.path);
    request.addListener("body", function (chunk) {
        console.log("body", this === request, arguments.length, typeof chunk,
                    chunk);
    });
    request.addListener("complete", function () {
        console.log("complete", this === request, arguments.length);
        response.sendHeader(200, {});
        response.finish();
    });
});
server.listen(0);
console.log(server.port);

// expect: GET /none
// expect: complete true 0
// expect: POST /none
// expect: complete true 0
// expect: POST /zero
// expect: complete true 0
// expect: POST /no-chunk
// expect: complete true 0
// expect: PUT /length
// expect: body true 1 string 0123456789
// expect: complete true 0
// expect: PUT /chunked
// expect: body true 1 string abc
// expect: body true 1 string defgh
// expect: complete true 0
// expect: GET /with-body
// expect: body true 1 string hello
// expect: complete true 0

/* wire
> GET /none HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
# Neither length nor chunked: no body.
> POST /none HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> POST /zero HTTP/1.1
> Content-Length: 0
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> POST /no-chunk HTTP/1.1
> Transfer-Encoding: chunked
>
> 0
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> PUT /length HTTP/1.1
> Content-Length: 10
>
> 0123456789\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> PUT /chunked HTTP/1.1
> Transfer-Encoding: chunked
>
> 3
> abc
> 005
> defgh
> 0
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /with-body HTTP/1.1
> Content-Length: 5
>
> hello\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
