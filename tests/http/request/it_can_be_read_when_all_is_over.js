// SPDX-License-Identifier: MIT
//
// Headers and uri that nobody looked at before are there after the answer and
// after the connection's end, each request's own.

var requests = [];
var server = node.http.createServer(function (request, response) {
    requests.push(request);
    response.sendHeader(200, {});
    response.finish();
    if (requests.length < 3)
        return;
    request.connection.addListener("close", function () {
        setTimeout(function () {
            requests.forEach(function (request) {
                console.log(request.method, request.httpVersion,
                            request.uri.params.q, request.headers["A"],
                            request.connection.remoteAddress);
            });
        }, 20);
    });
});
server.listen(0);
console.log(server.port);

// expect: GET 1.1 1 one 127.0.0.1
// expect: PUT 1.1 2 two 127.0.0.1
// expect: GET 1.0 3 three 127.0.0.1

/* wire
> GET /?q=1 HTTP/1.1
> A: one
>
> PUT /?q=2 HTTP/1.1
> Content-Length: 3
> A: two
>
> abc\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /?q=3 HTTP/1.0
> A: three
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 0
<
eof
close
says GET 1.0 3 three 127.0.0.1
*/
