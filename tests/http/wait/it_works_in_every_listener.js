// SPDX-License-Identifier: MIT
//
// wait() in "connection", "request", "body", "complete", "drain", "eof" and
// "close".

function tell(text) {
    var promise = new node.Promise();
    setTimeout(function () { promise.emitSuccess(); }, 20);
    promise.wait();
    console.log(text);
}
var server = node.http.createServer(function (request, response) {
    request.addListener("body", function (chunk) { tell("body " + chunk); });
    request.addListener("complete", function () {
        tell("complete");
        response.sendHeader(200, { "Content-Length": 20000000 });
        response.addListener("drain", function () {
            tell("drain");
            response.finish();
        });
        response.sendBody(new Array(20000001).join("x"));
    });
    tell("request");
});
server.addListener("connection", function (connection) {
    var closed = new node.Promise();
    connection.addListener("eof", function () {
        closed.wait();
        console.log("eof");
    });
    connection.addListener("close", function () {
        tell("close");
        closed.emitSuccess();
    });
    tell("connection");
});
server.listen(0);
console.log(server.port);

// expect: connection
// expect: request
// expect: body a
// expect: body b
// expect: complete
// expect: drain
// expect: close
// expect: eof

/* wire
as only
says connection
> PUT / HTTP/1.1
> Transfer-Encoding: chunked
>
says request
> 1
> a
says body a
> 1
> b
says body b
> 0
>
< HTTP/1.1 200 OK
< Content-Length: 20000000
< Date: *
< Connection: keep-alive
<
receive 20000000 x
says drain
fin
eof
says eof
*/
