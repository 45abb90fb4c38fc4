// SPDX-License-Identifier: MIT
//
// 204, 304 and 1xx have no content, whatever is sent: no framing is added and
// the next answer follows at once.

var server = node.http.createServer(function (request, response) {
    response.sendHeader(Number(request.uri.file),
                        request.uri.params.length ?
                            { "Content-Length": 1000 } : {});
    response.sendBody("discarded");
    if (request.uri.params.more)
        response.sendBody("discarded too");
    response.finish();
});
server.listen(0);
console.log(server.port);

/* wire
> GET /204 HTTP/1.1
>
> GET /304?more=1 HTTP/1.1
>
> GET /204?more=1 HTTP/1.1
>
> GET /200 HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 304 Not Modified
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 9
<
< discarded\
# A length that the caller gives is of what GET would have had.
> GET /304?length=1 HTTP/1.1
>
< HTTP/1.1 304 Not Modified
< Content-Length: 1000
< Date: *
< Connection: keep-alive
<
# To HTTP/1.0 too.
> GET /304 HTTP/1.0
> Connection: keep-alive
>
> GET /204 HTTP/1.0
>
< HTTP/1.1 304 Not Modified
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: close
<
eof
*/
