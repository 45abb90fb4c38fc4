// SPDX-License-Identifier: MIT
//
// "request" comes as soon as the head is there, each time on a connection that
// is kept alive.

var server = node.http.createServer(function (request, response) {
    console.log("request", request.uri.path);
    request.addListener("body", function (chunk) {
        console.log("body", chunk);
    });
    request.addListener("complete", function () {
        console.log("complete");
        response.sendHeader(200, {});
        response.finish();
    });
});
server.listen(0);
console.log(server.port);

// expect: request /1
// expect: body abc
// expect: body de
// expect: complete
// expect: request /2
// expect: body fghij
// expect: complete

/* wire
> PUT /1 HTTP/1.1
> Content-Length: 5
>
says request /1
silence 100
> abc\
says body abc
silence 100
> de\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> PUT /2 HTTP/1.1
> Transfer-Encoding: chunked
>
says request /2
> 5
> fghij
says body fghij
silence 100
> 0
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
