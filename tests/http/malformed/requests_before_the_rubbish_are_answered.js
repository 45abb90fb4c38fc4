// SPDX-License-Identifier: MIT
//
// A good request is answered although rubbish follows it, in the same packet or
// later, at once or late; then the connection closes.

var server = node.http.createServer(function (request, response) {
    setTimeout(function () {
        response.sendHeader(200, {});
        response.finish();
    }, request.uri.file === "late" ? 100 : 0);
});
server.listen(0);
console.log(server.port);

/* wire
as soon
> GET /soon HTTP/1.1
>
> rubbish rubbish
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
eof
as late
> GET /late HTTP/1.1
>
> GET /soon HTTP/1.1
>
> \x00\x01\x02
sleep 20
> more
>
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
eof
as idle
> GET /soon HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> rubbish
gone
*/
