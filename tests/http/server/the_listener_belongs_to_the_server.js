// SPDX-License-Identifier: MIT
//
// createServer() takes a listener of "request" and ignores options; `this` in
// it is the server, and it is an emitter like others.

function listener(request, response) {
    if (request.method === "DELETE")
        server.listeners("request").splice(1, 1);
    console.log(this === server, arguments.length);
    console.log(request instanceof node.http.ServerRequest,
                response instanceof node.http.ServerResponse);
    console.log(request instanceof node.EventEmitter,
                response instanceof node.EventEmitter);
    response.sendHeader(200, {});
    response.finish();
}

var server = node.http.createServer(listener, { backlog: 10 });
server.addListener("request", function () { console.log("second"); });
server.listen(0);
console.log(server.port);
console.log(server instanceof node.EventEmitter);
console.log(server instanceof node.http.Server);
console.log(server.listeners("request")[0] === listener);

// expect: true
// expect: true
// expect: true
// expect: true 2
// expect: true true
// expect: true true
// expect: second
// Its listeners are a live array.
// expect: true 2
// expect: true true
// expect: true true

/* wire
> GET /1 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
says second
> DELETE /only-the-first HTTP/1.1
> Connection: close
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 0
<
eof
*/
