// SPDX-License-Identifier: MIT
//
// What is sent to a later response waits on it until it is its turn, and then
// leaves without being asked; what follows leaves at once.

var responses = {};
var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    if (file === "a" || file === "b") {
        responses[file] = response;
        response.sendHeader(200, {});
        response.sendBody(file);
    } else {
        var params = request.uri.params;
        if (params.send)
            responses[params.to].sendBody(params.send);
        else
            responses[params.to].finish();
        response.sendHeader(204, {});
        response.finish();
    }
});
server.listen(0);
console.log(server.port);

/* wire
as stream
> GET /a HTTP/1.1
>
> GET /b HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 1
< a
as control
> GET /?to=b&send=bb HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
as stream
silence 50
as control
> GET /?to=a HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
as stream
< 0
<
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 1
< b
< 2
< bb
as control
> GET /?to=b&send=bbb HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
as stream
< 3
< bbb
as control
> GET /?to=b HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
as stream
< 0
<
*/
