// SPDX-License-Identifier: MIT
//
// What is remembered of heads changes none: the same head again and again, under
// changing methods and versions, heads that alternate, that differ in the last
// field, the order or the status only.

var kinds = {
    "/a": [200, { "A": "1", "B": "2" }],
    "/b": [200, { "A": "1", "B": "3" }],
    "/c": [200, { "B": "2", "A": "1" }],
    "/d": [201, { "A": "1", "B": "2" }],
    "/e": [200, [["A", "1"], ["B", "2"]]],
    "/length": [200, { "Content-Length": 2 }],
    "/close": [200, { "Connection": "close" }]
};
var server = node.http.createServer(function (request, response) {
    response.sendHeader.apply(response, kinds[request.uri.path]);
    response.sendBody("ok");
    response.finish();
});
server.listen(0);
console.log(server.port);

/* wire
> GET /a HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /a HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /a HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /a HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /b HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 3
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /b HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 3
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /b HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 3
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /b HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 3
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /a HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /b HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 3
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /a HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /b HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 3
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /c HTTP/1.1
>
< HTTP/1.1 200 OK
< B: 2
< A: 1
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /c HTTP/1.1
>
< HTTP/1.1 200 OK
< B: 2
< A: 1
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /c HTTP/1.1
>
< HTTP/1.1 200 OK
< B: 2
< A: 1
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /d HTTP/1.1
>
< HTTP/1.1 201 Created
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /d HTTP/1.1
>
< HTTP/1.1 201 Created
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /d HTTP/1.1
>
< HTTP/1.1 201 Created
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /e HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /e HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /e HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /length HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 2
< Date: *
< Connection: keep-alive
<
< ok\
> GET /length HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 2
< Date: *
< Connection: keep-alive
<
< ok\
> GET /length HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 2
< Date: *
< Connection: keep-alive
<
< ok\
> GET /a HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /a HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> HEAD /a HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
> HEAD /a HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
> HEAD /length HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 2
< Date: *
< Connection: keep-alive
<
> HEAD /length HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 2
< Date: *
< Connection: keep-alive
<
> GET /a HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
as old 0
> GET /a HTTP/1.0
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: close
< Content-Length: 2
<
< ok\
eof
as close 0
> GET /close HTTP/1.1
>
< HTTP/1.1 200 OK
< Connection: close
< Date: *
< Content-Length: 2
<
< ok\
eof
as old 1
> GET /a HTTP/1.0
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: close
< Content-Length: 2
<
< ok\
eof
as close 1
> GET /close HTTP/1.1
>
< HTTP/1.1 200 OK
< Connection: close
< Date: *
< Content-Length: 2
<
< ok\
eof
as old 2
> GET /a HTTP/1.0
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: close
< Content-Length: 2
<
< ok\
eof
as close 2
> GET /close HTTP/1.1
>
< HTTP/1.1 200 OK
< Connection: close
< Date: *
< Content-Length: 2
<
< ok\
eof
as first
> GET /a HTTP/1.1
>
< HTTP/1.1 200 OK
< A: 1
< B: 2
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
*/
