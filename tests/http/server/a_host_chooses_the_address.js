// SPDX-License-Identifier: MIT
//
// Without a host every IPv4 address is listened on, with one only that;
// "localhost" is IPv4.  A port may be a string.

function listener(request, response) {
    response.sendHeader(200, {});
    response.finish();
}

var any = node.http.createServer(listener);
any.listen("0");
var port = any.port;
console.log(port);

function tell(port, host) {
    var server = node.http.createServer(listener);
    try {
        server.listen(port, host);
        console.log("listens");
    } catch (error) {
        console.log(error instanceof Error, error.code);
    }
    server.close();
}
tell(port, "localhost");
tell(port, "127.0.0.1");
tell(0, "127.0.0.1");
tell(0, "localhost");
tell(0, undefined);
tell(0, null);
tell(0, "192.0.2.1");
tell(0, "a..b"); // refused without a query

// expect: true EADDRINUSE
// expect: true EADDRINUSE
// expect: listens
// expect: listens
// expect: listens
// expect: listens
// expect: true EADDRNOTAVAIL
// expect: true ENOENT

/* wire
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
at 127.0.0.2
as second
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
