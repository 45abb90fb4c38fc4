// SPDX-License-Identifier: MIT
//
// Header and first chunk leave in the turn of sendBody() (W7), later ones in
// theirs; an empty one says nothing, so that it does not end the body.

var response;
var server = node.http.createServer(function (request, r) {
    if (request.uri.path === "/start") {
        response = r;
        response.sendHeader(200, {});
        response.sendBody("first");
        return;
    }
    if (request.uri.path === "/empty")
        response.sendBody("");
    else if (request.uri.path === "/finish")
        response.finish();
    else
        response.sendBody(request.uri.path);
    r.sendHeader(204, {});
    r.finish();
});
server.listen(0);
console.log(server.port);

/* wire
as stream
> GET /start HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 5
< first
silence 50
as control
> GET /second HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
as stream
< 7
< /second
silence 50
as control
> GET /empty HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
as stream
silence 50
as control
> GET /third HTTP/1.1
>
> GET /finish HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
as stream
< 6
< /third
< 0
<
> GET /start HTTP/1.1
> Connection: close
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Transfer-Encoding: chunked
<
< 5
< first
as control
> GET /empty HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
> GET /finish HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
as stream
< 0
<
eof
*/
