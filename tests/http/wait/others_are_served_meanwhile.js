// SPDX-License-Identifier: MIT
//
// wait() in a request listener, settled by a timer: other connections, and the
// request that came in the same packet, are served while it blocks.

function sleep(ms) {
    var promise = new node.Promise();
    setTimeout(function () { promise.emitSuccess(ms); }, ms);
    return promise.wait();
}
var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    console.log("enter", file);
    if (file === "wait")
        sleep(200);
    console.log("leave", file);
    response.sendHeader(200, {});
    response.sendBody(file);
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: enter wait
// expect: enter behind
// expect: leave behind
// expect: enter other
// expect: leave other
// expect: leave wait

/* wire
as waiting
> GET /wait HTTP/1.1
>
> GET /behind HTTP/1.1
>
says leave behind
as other
> GET /other HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< other\
as waiting
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 4
<
< wait\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 6
<
< behind\
*/
