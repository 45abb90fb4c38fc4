// SPDX-License-Identifier: MIT
//
// "connection" comes once for each connection, with the object that its
// requests name.

var connections = [];
var server = node.http.createServer(function (request, response) {
    console.log(request.uri.path,
                connections.indexOf(request.connection),
                request.connection.visits = ++request.connection.visits || 1);
    response.sendHeader(200, {});
    response.finish();
});
server.addListener("connection", function (connection) {
    connections.push(connection);
    console.log("connection", this === server, connection.server === server,
                connection.remoteAddress, connection.readyState);
    console.log(connection instanceof node.http.Connection,
                connection instanceof node.EventEmitter);
    connection.addListener("connect", function () {
        console.log("connect", this === connection);
    });
});
server.listen(0);
console.log(server.port);

// expect: connection true true 127.0.0.1 open
// expect: true true
// expect: connect true
// expect: /1 0 1
// expect: /2 0 2
// expect: connection true true 127.0.0.1 open
// expect: true true
// expect: connect true
// expect: /3 1 1
// expect: /4 0 3

/* wire
> GET /1 HTTP/1.1
>
> GET /2 HTTP/1.1
>
says /2 0 2
as second
says connect true
> GET /3 HTTP/1.1
>
says /3 1 1
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
as first
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
> GET /4 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
