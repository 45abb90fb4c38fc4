// SPDX-License-Identifier: MIT
//
// The caller's Content-Length and Transfer-Encoding, in any case, are not
// repeated; "chunked" frames the body, also one that is known whole; another
// coding does not.

var server = node.http.createServer(function (request, response) {
    var fields = JSON.parse(unescape(request.uri.query));
    response.sendHeader(200, fields);
    response.sendBody("abcde");
    if (request.uri.file === "two")
        response.sendBody("fg");
    response.finish();
});
server.listen(0);
console.log(server.port);

/* wire
> GET /one?{"TRANSFER-encoding":"Chunked"} HTTP/1.1
>
< HTTP/1.1 200 OK
< TRANSFER-encoding: Chunked
< Date: *
< Connection: keep-alive
<
< 5
< abcde
< 0
<
> GET /two?{"Transfer-Encoding":"gzip,chunked"} HTTP/1.1
>
< HTTP/1.1 200 OK
< Transfer-Encoding: gzip,chunked
< Date: *
< Connection: keep-alive
<
< 5
< abcde
< 2
< fg
< 0
<
> GET /two?{"CONTENT-LENGTH":7} HTTP/1.1
>
< HTTP/1.1 200 OK
< CONTENT-LENGTH: 7
< Date: *
< Connection: keep-alive
<
< abcdefg\
> GET /one?{"content-length":"5"} HTTP/1.1
> Connection: close
>
< HTTP/1.1 200 OK
< content-length: 5
< Date: *
< Connection: close
<
< abcde\
eof
*/
