// SPDX-License-Identifier: MIT
//
// W19: content beyond the caller's Content-Length throws and is not sent; when
// less came until finish(), the connection closes, so that nobody takes what
// follows for the rest.

function tell(what, f) {
    try {
        f();
        console.log(what, "sent");
    } catch (error) {
        console.log(what, /Content-Length/.test(error.message));
    }
}
var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    if (file === "after")
        return;
    response.sendHeader(200, { "Content-Length": 5 });
    if (file === "first")
        tell(file, function () { response.sendBody("123456"); });
    if (file === "utf8")
        tell(file, function () { response.sendBody("\u20ac\u20ac", "utf8"); });
    if (file === "bytes")
        tell(file, function () { response.sendBody([1, 2, 3, 4, 5, 6]); });
    if (file === "none")
        return response.finish();
    response.sendBody("123");
    if (file === "short")
        return response.finish();
    if (file === "later")
        return setTimeout(function () { response.finish(); }, 20);
    tell(file, function () { response.sendBody("456"); });
    response.sendBody("45");
    tell(file, function () { response.sendBody("6"); });
    response.sendBody("");
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: plain true
// expect: plain true
// expect: first true
// expect: first true
// expect: first true
// expect: utf8 true
// expect: utf8 true
// expect: utf8 true
// expect: bytes true
// expect: bytes true
// expect: bytes true

/* wire
> GET /plain HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 5
< Date: *
< Connection: keep-alive
<
< 12345\
> GET /first HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 5
< Date: *
< Connection: keep-alive
<
< 12345\
> GET /utf8 HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 5
< Date: *
< Connection: keep-alive
<
< 12345\
> GET /bytes HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 5
< Date: *
< Connection: keep-alive
<
< 12345\
as none
> GET /none HTTP/1.1
>
> GET /after HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 5
< Date: *
< Connection: keep-alive
<
eof
as short
> GET /short HTTP/1.1
>
> GET /after HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 5
< Date: *
< Connection: keep-alive
<
< 123\
eof
as later
> GET /later HTTP/1.1
>
> GET /after HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 5
< Date: *
< Connection: keep-alive
<
< 123\
eof
*/
