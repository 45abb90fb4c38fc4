// SPDX-License-Identifier: MIT
//
// "::1" is IPv6 only: beside it somebody else may have the port on IPv4.
//
// needs: ipv6

function listener(request, response) {
    console.log(request.connection.remoteAddress);
    response.sendHeader(200, {});
    response.finish();
}
var six = node.http.createServer(listener);
six.listen(0, "::1");
console.log(six.port);
var again = node.http.createServer(listener);
try {
    again.listen(six.port, "::1");
} catch (error) {
    console.log(error.code);
}

// expect: EADDRINUSE
// expect: ::1

/* wire
refused
at ::1
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
