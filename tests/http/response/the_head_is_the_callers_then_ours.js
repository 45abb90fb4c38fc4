// SPDX-License-Identifier: MIT
//
// Status line, the caller's fields in their order, then Date, Connection and
// the framing, each unless the caller gave it; nothing else.

var heads = {
    "/object": [200, { "B": "2", "a": 1, "Content-Type": "text/html" }],
    "/pairs": [200, [["Set-Cookie", "a=1"], ["X", "y"], ["Set-Cookie", "b=2"],
                     ["Number", 5]]],
    "/none": [200],
    "/null": [200, null],
    "/date": [200, { "date": "never" }],
    "/connection": [200, { "X": "1", "CONNECTION": "Keep-Alive", "Y": "2" }],
    "/length": [200, { "content-length": 2, "Z": "z" }],
    "/all": [200, { "Date": "d", "Connection": "keep-alive",
                    "Content-Length": "2" }],
    "/values": [200, { "Null": null, "True": true, "Empty": "", "Spaces": " a ",
                       "Bytes": "\xe4\xff\t" }]
};
var server = node.http.createServer(function (request, response) {
    response.sendHeader.apply(response, heads[request.uri.path]);
    response.sendBody("ok");
    response.finish();
});
server.listen(0);
console.log(server.port);

/* wire
> GET /object HTTP/1.1
>
< HTTP/1.1 200 OK
< B: 2
< a: 1
< Content-Type: text/html
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /pairs HTTP/1.1
>
< HTTP/1.1 200 OK
< Set-Cookie: a=1
< X: y
< Set-Cookie: b=2
< Number: 5
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /none HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /null HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /date HTTP/1.1
>
< HTTP/1.1 200 OK
< date: never
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /connection HTTP/1.1
>
< HTTP/1.1 200 OK
< X: 1
< CONNECTION: Keep-Alive
< Y: 2
< Date: *
< Content-Length: 2
<
< ok\
> GET /length HTTP/1.1
>
< HTTP/1.1 200 OK
< content-length: 2
< Z: z
< Date: *
< Connection: keep-alive
<
< ok\
> GET /all HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: d
< Connection: keep-alive
< Content-Length: 2
<
< ok\
> GET /values HTTP/1.1
>
< HTTP/1.1 200 OK
< Null: null
< True: true
< Empty: \
< \r\n\
< Spaces:  a \
< \r\n\
< Bytes: \xe4\xff\t\
< \r\n\
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< ok\
*/
