// SPDX-License-Identifier: MIT
//
// A server on 127.0.0.1 does not answer on 127.0.0.2.

var server = node.http.createServer(function (request, response) {
    response.sendHeader(200, {});
    response.finish();
});
server.listen(0, "127.0.0.1");
console.log(server.port);

/* wire
at 127.0.0.2
refused
at 127.0.0.1
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
