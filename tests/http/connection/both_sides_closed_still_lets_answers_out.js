// SPDX-License-Identifier: MIT
//
// After connection.close() and the peer's FIN the answer that is pending can
// still be streamed.

var server = node.http.createServer(function (request, response) {
    request.connection.close();
    request.connection.addListener("eof", function () {
        console.log("eof");
        setTimeout(function () {
            response.sendHeader(200, {});
            console.log(response.sendBody("one"));
            setTimeout(function () {
                console.log(response.sendBody("two"));
                response.finish();
            }, 20);
        }, 20);
    });
    request.connection.addListener("close", function (had_error) {
        console.log("close", had_error);
    });
});
server.listen(0);
console.log(server.port);

// expect: eof
// expect: true
// expect: true
// expect: close false

/* wire
> GET / HTTP/1.1
>
fin
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 3
< one
< 3
< two
< 0
<
eof
*/
