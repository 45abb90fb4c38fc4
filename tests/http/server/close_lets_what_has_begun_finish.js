// SPDX-License-Identifier: MIT
//
// close() inside a request listener: this request, others in progress and
// those that follow on kept connections are answered, new connections are
// refused, and the process ends when the last connection does.

var server = node.http.createServer(function (request, response) {
    if (request.uri.path === "/close")
        server.close();
    request.addListener("complete", function () {
        response.sendHeader(200, {});
        response.finish();
    });
});
server.addListener("close", function () { console.log("closed"); });
process.addListener("exit", function () { console.log("exit"); });
server.listen(0);
console.log(server.port);

// expect: closed
// expect: exit
// status: 0

/* wire
as upload
> PUT /upload HTTP/1.1
> Content-Length: 4
>
> ab\
as closer
> GET /close HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
says closed
refused
> GET /later HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
as upload
> cd\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
as closer
> GET /last HTTP/1.1
> Connection: close
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 0
<
eof
*/
