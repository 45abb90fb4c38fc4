// SPDX-License-Identifier: MIT
//
// A turn's requests are a batch; whatever a listener has left to microtasks has
// run before anything of a later turn.

var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    Promise.resolve().then(function () {
        console.log("microtask", file);
        response.sendHeader(200, {});
        response.finish();
    });
    console.log("request", file);
});
server.listen(0);
console.log(server.port);

// expect: request 1
// expect: microtask 1
// expect: request 2
// expect: microtask 2

/* wire
> GET /1 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /2 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
