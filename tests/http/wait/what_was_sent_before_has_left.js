// SPDX-License-Identifier: MIT
//
// A response that began before wait() is on its way while that blocks; so is one
// of another request that began in the same turn.

var promise;
var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    response.sendHeader(200, {});
    if (file === "settle") {
        promise.emitSuccess();
    } else {
        response.sendBody("begin");
        if (file === "wait") {
            promise = new node.Promise();
            promise.wait();
        }
        response.sendBody("end");
    }
    response.finish();
});
server.listen(0);
console.log(server.port);

/* wire
as waiting
> GET /wait HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 5
< begin
silence 50
as other
> GET /settle HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
as waiting
< 3
< end
< 0
<
*/
