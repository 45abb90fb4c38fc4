// SPDX-License-Identifier: MIT
//
// A head of almost 64 KiB is taken, one of more closes the connection: one long
// line, many short ones, a long target, whether or not an end ever comes.

var server = node.http.createServer(function (request, response) {
    var length = request.uri.source.length;
    for (var name in request.headers)
        length += name.length + request.headers[name].length + 4;
    console.log(length);
    response.sendHeader(200, {});
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: 65008
// expect: 65001
// expect: 65001

/* wire
as line
> GET / HTTP/1.1
> A: \
send 65002 a
>
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
as target
> GET /\
send 65000 a
>  HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
as long line
> GET / HTTP/1.1
> A: \
send 65536 a
>
>
gone
as longest line
> GET / HTTP/1.1
> A: \
flood 1048576 a
gone
as long name
> GET / HTTP/1.1
flood 1048576 a
gone
as long target
> GET /\
flood 1048576 a
gone
as many lines
> GET / HTTP/1.1
flood 20000 Name: value\r\n
gone
as long method
flood 1048576 A
gone
as next
> GET /\
send 65000 a
>  HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
