// SPDX-License-Identifier: MIT
//
// Arrays of integers (W8), typed arrays of any kind, parts of them, DataView and
// ArrayBuffer; an encoding beside them is ignored.  What a program does to them
// after sendBody() changes nothing.

var buffer = new Uint8Array([0, 1, 104, 105, 254, 255]).buffer;
var bodies = {
    "/array": [0, 104, 105, 255],
    "/empty": [],
    "/uint8": new Uint8Array([0, 104, 105, 255]),
    "/part": new Uint8Array(buffer, 2, 3),
    "/clamped": new Uint8ClampedArray([104, 105]),
    "/uint16": new Uint16Array([0x6968]),
    "/view": new DataView(buffer, 2, 2),
    "/buffer": buffer,
    "/shared": new Uint8Array(new SharedArrayBuffer(2))
};
var server = node.http.createServer(function (request, response) {
    var body = bodies[request.uri.path];
    response.sendHeader(200, {});
    response.sendBody(body, "utf8");
    if (request.uri.params.twice)
        response.sendBody(body, "utf8");
    if (request.uri.params.spoil) {
        new Uint8Array(buffer).fill(120);
        bodies["/array"].fill(120);
    }
    response.finish();
});
server.listen(0);
console.log(server.port);

/* wire
> GET /array HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 4
<
< \x00hi\xff\
> GET /empty HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /uint8 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 4
<
< \x00hi\xff\
> GET /part HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 3
<
< hi\xfe\
> GET /clamped HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< hi\
> GET /uint16 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< hi\
> GET /view HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< hi\
> GET /buffer HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 6
<
< \x00\x01hi\xfe\xff\
> GET /shared HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< \x00\x00\
> GET /part?spoil=1 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 3
<
< hi\xfe\
> GET /uint8?twice=1 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 4
< \x00hi\xff
< 4
< \x00hi\xff
< 0
<
> GET /empty?twice=1 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 0
<
*/
