// SPDX-License-Identifier: MIT
//
// Two servers on two addresses: each tells its own listeners, and closes alone.

function make(name) {
    var server = node.http.createServer(function (request, response) {
        console.log(name, this === server, request.connection.server === server);
        if (request.uri.file === "close")
            server.close();
        response.sendHeader(200, {});
        response.finish();
    });
    server.addListener("connection", function () {
        console.log(name, "connection");
    });
    server.addListener("close", function () { console.log(name, "close"); });
    return server;
}
var first = make("first"), second = make("second");
first.listen(0, "127.0.0.1");
second.listen(first.port, "127.0.0.2");
console.log(first.port);

// expect: first connection
// expect: second connection
// expect: second true true
// expect: second close
// expect: first true true

/* wire
as first
says first connection
at 127.0.0.2
as second
> GET /close HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
says second close
refused
as first
> GET /1 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
