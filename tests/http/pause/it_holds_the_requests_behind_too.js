// SPDX-License-Identifier: MIT
//
// pause() holds everything of its connection: requests that came in the same
// packet and "eof"; other connections go on.

var held, paused = false;
var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    console.log(paused ? "PAUSED request" : "request", file);
    request.addListener("body", function (chunk) {
        console.log("body", file, chunk);
        if (file === "first" && chunk === "a") {
            request.pause();
            held = request;
        }
    });
    request.addListener("complete", function () {
        console.log("complete", file);
        response.sendHeader(200, {});
        response.sendBody(file);
        response.finish();
    });
    if (file === "control") {
        console.log("resume");
        held.resume();
    }
});
server.addListener("connection", function (connection) {
    connection.addListener("eof", function () {
        if (held && connection === held.connection)
            console.log("eof");
    });
});
server.listen(0);
console.log(server.port);

// expect: request first
// expect: body first a
// expect: request control
// expect: resume
// expect: complete control
// expect: body first b
// expect: complete first
// expect: request second
// expect: body second c
// expect: complete second
// expect: request third
// expect: complete third
// expect: eof

/* wire
as paused
> PUT /first HTTP/1.1
> Transfer-Encoding: chunked
>
> 1
> a
> 1
> b
> 0
>
> PUT /second HTTP/1.1
> Content-Length: 1
>
> c\
> GET /third HTTP/1.1
>
fin
silence 100
as control
> GET /control HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 7
<
< control\
as paused
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< first\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 6
<
< second\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< third\
eof
*/
