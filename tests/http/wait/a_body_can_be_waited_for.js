// SPDX-License-Identifier: MIT
//
// A listener of "request" waits for the body of its own request.

function bodyOf(request) {
    var promise = new node.Promise(), all = "";
    request.addListener("body", function (chunk) { all += chunk; });
    request.addListener("complete", function () { promise.emitSuccess(all); });
    return promise.wait();
}
var server = node.http.createServer(function (request, response) {
    var body = bodyOf(request);
    response.sendHeader(200, {});
    response.sendBody("[" + body + "]");
    response.finish();
});
server.listen(0);
console.log(server.port);

/* wire
> PUT / HTTP/1.1
> Content-Length: 6
>
> abc\
sleep 50
> def\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 8
<
< [abcdef]\
> GET / HTTP/1.1
>
> PUT / HTTP/1.1
> Content-Length: 1
>
> a\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< []\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 3
<
< [a]\
*/
