// SPDX-License-Identifier: MIT
//
// Whoever gives a server an emit() of its own sees every event go through it.

var server = node.http.createServer(function (request, response) {
    response.sendHeader(200, {});
    response.finish();
});
server.emit = function (event, request) {
    console.log(event + (event === "request" ? " " + request.uri.path : ""));
    return node.EventEmitter.prototype.emit.apply(this, arguments);
};
server.listen(0);
console.log(server.port);

// expect: connection
// expect: request /a
// expect: request /b

/* wire
> GET /a HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /b HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
