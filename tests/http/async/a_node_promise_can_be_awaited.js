// SPDX-License-Identifier: MIT
//
// await of a node.Promise in a listener gives what wait() would.

function bodyOf(request) {
    var promise = new node.Promise(), all = "";
    request.addListener("body", function (chunk) { all += chunk; });
    request.addListener("complete", function () { promise.emitSuccess(all); });
    return promise;
}
var server = node.http.createServer(async function (request, response) {
    var body = await bodyOf(request);
    response.sendHeader(200, {});
    response.sendBody("[" + body + "]");
    response.finish();
});
server.listen(0);
console.log(server.port);

/* wire
> PUT / HTTP/1.1
> Content-Length: 3
>
> abc\
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< [abc]\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 2
<
< []\
*/
