// SPDX-License-Identifier: MIT
//
// After forceClose() nothing of the connection is told any more but "close":
// neither the rest of the packet nor what is held by pause().

var server = node.http.createServer(function (request, response) {
    var connection = request.connection;
    var file = request.uri.file;
    console.log("request", file);
    if (file === "paused")
        request.pause();
    if (file === "request" || file === "second")
        connection.forceClose();
    if (file === "paused")
        setTimeout(function () {
            connection.forceClose();
            request.resume();
            console.log("resumed");
        }, 50);
    request.addListener("body", function (chunk) {
        console.log("body", chunk);
        connection.forceClose();
    });
    request.addListener("complete", function () {
        console.log("complete", file);
        response.sendHeader(200, {});
        response.sendBody(file);
        response.finish();
    });
    if (file === "request")
        connection.addListener("close", function (had_error) {
            console.log("close", had_error);
        });
});
server.listen(0);
console.log(server.port);

// expect: request request
// expect: close false
// expect: request body
// expect: body a
// expect: request paused
// expect: resumed
// expect: request first
// expect: complete first
// expect: request second
// expect: request last
// expect: complete last

/* wire
as one
> GET /request HTTP/1.1
>
> GET /never HTTP/1.1
>
gone
says close false
as two
> PUT /body HTTP/1.1
> Transfer-Encoding: chunked
>
> 1
> a
> 1
> b
> 0
>
gone
as three
> PUT /paused HTTP/1.1
> Content-Length: 3
>
> abc\
gone
says resumed
as four
> GET /first HTTP/1.1
>
> GET /second HTTP/1.1
>
> GET /third HTTP/1.1
>
says request second
as five
> GET /last HTTP/1.1
> Connection: close
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 4
<
< last\
eof
# The first answer of four may have left or not.
as four
close
*/
