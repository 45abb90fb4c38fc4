// SPDX-License-Identifier: MIT
//
// httpVersion is "1.1" or "1.0"; other versions are no request, and the
// connection is closed.

var server = node.http.createServer(function (request, response) {
    console.log(JSON.stringify(request.httpVersion));
    response.sendHeader(200, {});
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: "1.1"
// expect: "1.0"

/* wire
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET / HTTP/1.0
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 0
<
eof
as b
> GET / HTTP/2.0
>
gone
as c
> GET / HTTP/1.2
>
gone
as d
> GET / HTTP/0.9
>
gone
as e
> GET /
>
gone
*/
