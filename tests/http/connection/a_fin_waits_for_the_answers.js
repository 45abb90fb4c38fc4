// SPDX-License-Identifier: MIT
//
// The peer's FIN closes a connection on which nothing is pending; else it closes
// after the last pending answer, however late that is (66).

var server = node.http.createServer(function (request, response) {
    function answer() {
        response.sendHeader(200, {});
        response.sendBody(request.uri.path);
        response.finish();
    }
    if (request.uri.file === "late")
        setTimeout(answer, 200);
    else
        answer();
});
server.addListener("connection", function (connection) {
    connection.addListener("eof", function () {
        console.log("eof", connection.readyState);
    });
    connection.addListener("close", function (had_error) {
        console.log("close", had_error, connection.readyState);
    });
});
server.listen(0);
console.log(server.port);

// expect: eof writeOnly
// expect: close false closed
// expect: eof writeOnly
// expect: close false closed
// expect: eof writeOnly
// expect: close false closed

/* wire
as idle
fin
eof
says close false closed
as late
> GET /late HTTP/1.1
>
> GET /soon HTTP/1.1
>
fin
says eof writeOnly
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< /late\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< /soon\
eof
says close false closed
as used
> GET /soon HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< /soon\
fin
eof
says close false closed
*/
