// SPDX-License-Identifier: MIT
//
// listen() is synchronous: whoever knows the port can connect, although the
// program has not come to its loop.

var server = node.http.createServer(function (request, response) {
    response.sendHeader(200, {});
    response.finish();
});
var result = server.listen(0);
console.log(server.port);
console.log(result);
var until = Date.now() + 300;
while (Date.now() < until) {}

// expect: undefined

/* wire
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
