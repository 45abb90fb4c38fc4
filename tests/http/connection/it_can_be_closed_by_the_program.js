// SPDX-License-Identifier: MIT
//
// connection.close() takes no further request and closes after the answers;
// forceClose() closes at once; readyState follows.

var server = node.http.createServer(function (request, response) {
    var connection = request.connection;
    var file = request.uri.file;
    console.log("request", file);
    if (file === "close")
        connection.close();
    if (file === "force")
        connection.forceClose();
    console.log(connection.readyState);
    setTimeout(function () {
        response.sendHeader(200, {});
        console.log(response.sendBody(file));
        response.finish();
    }, file === "force" ? 500 : 10);
});
server.addListener("connection", function (connection) {
    connection.addListener("close", function (had_error) {
        console.log("close", had_error, connection.readyState);
    });
});
server.listen(0);
console.log(server.port);

// expect: request close
// expect: readOnly
// expect: true
// expect: close false closed
// expect: request force
// expect: closed
// expect: close false closed
// expect: false

/* wire
as close
> GET /close HTTP/1.1
>
says readOnly
> GET /ignored HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< close\
eof
close
says close false closed
as force
> GET /force HTTP/1.1
>
gone
says false
*/
