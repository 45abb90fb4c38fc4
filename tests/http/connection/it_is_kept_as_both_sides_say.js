// SPDX-License-Identifier: MIT
//
// HTTP/1.1 is kept unless either side says close, HTTP/1.0 only if it asked for
// it (64, 65); after an answer that closes comes FIN.

var server = node.http.createServer(function (request, response) {
    var fields = {};
    if (request.uri.query)
        fields["connection"] = unescape(request.uri.query);
    response.sendHeader(200, fields);
    response.finish();
});
server.listen(0);
console.log(server.port);

/* wire
as a
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET / HTTP/1.1
> Connection: keep-alive
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET / HTTP/1.1
> Connection: Keep-Alive, Upgrade
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET / HTTP/1.1
> Connection: close
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 0
<
eof
as b
> GET / HTTP/1.1
> Connection: CLOSE
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 0
<
eof
as c
> GET / HTTP/1.1
> Connection: foo, close
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 0
<
eof
as d
> GET / HTTP/1.0
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 0
<
eof
as e
> GET / HTTP/1.0
> Connection: keep-alive
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET / HTTP/1.0
> Connection: Keep-Alive
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET / HTTP/1.0
> Connection: close
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 0
<
eof
as f
> GET /?close HTTP/1.1
>
< HTTP/1.1 200 OK
< connection: close
< Date: *
< Content-Length: 0
<
eof
as g
> GET /?Keep-Alive HTTP/1.1
>
< HTTP/1.1 200 OK
< connection: Keep-Alive
< Date: *
< Content-Length: 0
<
> GET /?CLOSE HTTP/1.1
>
< HTTP/1.1 200 OK
< connection: CLOSE
< Date: *
< Content-Length: 0
<
eof
as h
> GET /?x,%20close HTTP/1.1
>
< HTTP/1.1 200 OK
< connection: x, close
< Date: *
< Content-Length: 0
<
eof
as i
> GET /?closed HTTP/1.1
>
< HTTP/1.1 200 OK
< connection: closed
< Date: *
< Content-Length: 0
<
> GET /?x-close HTTP/1.1
>
< HTTP/1.1 200 OK
< connection: x-close
< Date: *
< Content-Length: 0
<
as j
> GET /?close HTTP/1.0
> Connection: keep-alive
>
< HTTP/1.1 200 OK
< connection: close
< Date: *
< Content-Length: 0
<
eof
as k
> GET /?keep-alive HTTP/1.1
> Connection: close
>
< HTTP/1.1 200 OK
< connection: keep-alive
< Date: *
< Content-Length: 0
<
eof
as l
> GET /?keep-alive HTTP/1.0
>
< HTTP/1.1 200 OK
< connection: keep-alive
< Date: *
< Content-Length: 0
<
eof
*/
