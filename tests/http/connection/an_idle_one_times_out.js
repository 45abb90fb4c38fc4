// SPDX-License-Identifier: MIT
//
// setTimeout() of a connection: "timeout", then "close" without error, after so
// long without a byte either way; with 0 there is none.

function since(connection) {
    var ms = Date.now() - connection.last;
    return ms < 1000 ? "early: " + ms : ms > 15000 ? "late: " + ms : "in time";
}
var server = node.http.createServer(function (request, response) {
    request.connection.last = Date.now();
    if (request.uri.file === "never") {
        request.connection.setTimeout(1000);
        request.connection.setTimeout(0);
    }
    if (request.uri.file === "unanswered")
        return;
    response.sendHeader(200, {});
    response.finish();
});
server.addListener("connection", function (connection) {
    connection.last = Date.now();
    connection.setTimeout(1000);
    connection.addListener("timeout", function () {
        console.log("timeout", since(connection), connection.readyState);
    });
    connection.addListener("close", function (had_error) {
        console.log("close", had_error);
    });
});
server.listen(0);
console.log(server.port);

// expect: timeout in time open
// expect: close false
// expect: timeout in time open
// expect: close false
// expect: timeout in time open
// expect: close false
// expect: timeout in time open
// expect: close false
// expect: close false

/* wire
# It has to outlive all the others.
as never
> GET /never HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
as silent
gone
says close false
as keeping
> GET /1 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
silence 250
> GET /2 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
gone
says close false
# Pending answers do not keep it.
as unanswered
> GET /unanswered HTTP/1.1
>
gone
says close false
# A head that trickles does not either.
as trickling
> GET / HTTP/1.1
> A: b\
bytewise 150
flood 40 b
gone
says close false
as never
> GET /never HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
close
says close false
*/
