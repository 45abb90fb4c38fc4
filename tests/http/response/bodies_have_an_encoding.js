// SPDX-License-Identifier: MIT
//
// Strings by encoding: ascii without one, and like binary the low 8 bits of each
// char; utf8; names in any case; what is unknown is ascii.  Lengths and chunk
// sizes count bytes.

var text = "a\xe4\u20ac\ud83d\ude00\0";
var server = node.http.createServer(function (request, response) {
    var encoding = request.uri.params.encoding;
    response.sendHeader(200, {});
    response.sendBody(text, encoding);
    if (request.uri.path === "/chunks") {
        response.sendBody(text, encoding);
        response.sendBody("\ud83d", encoding);
    }
    response.finish();
});
server.listen(0);
console.log(server.port);

/* wire
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 6
<
< a\xe4\xac\x3d\x00\x00\
> GET /?encoding=ascii HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 6
<
< a\xe4\xac\x3d\x00\x00\
> GET /?encoding=binary HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 6
<
< a\xe4\xac\x3d\x00\x00\
> GET /?encoding=BINARY HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 6
<
< a\xe4\xac\x3d\x00\x00\
> GET /?encoding=klingon HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 6
<
< a\xe4\xac\x3d\x00\x00\
> GET /?encoding=utf8 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 11
<
< a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\x00\
> GET /?encoding=UTF8 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 11
<
< a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\x00\
> GET /chunks HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 6
< a\xe4\xac\x3d\x00\x00
< 6
< a\xe4\xac\x3d\x00\x00
< 1
< =
< 0
<
> GET /chunks?encoding=utf8 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< b
< a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\x00
< b
< a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\x00
< 3
< \xef\xbf\xbd
< 0
<
*/
