// SPDX-License-Identifier: MIT
//
// The fourteen methods of old, and others that are registered, PATCH first.

var server = node.http.createServer(function (request, response) {
    console.log(request.method);
    response.sendHeader(204, {});
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: COPY
// expect: DELETE
// expect: GET
// expect: HEAD
// expect: LOCK
// expect: MKCOL
// expect: MOVE
// expect: OPTIONS
// expect: POST
// expect: PROPFIND
// expect: PROPPATCH
// expect: PUT
// expect: TRACE
// expect: UNLOCK
// expect: PATCH
// expect: REPORT
// expect: SEARCH
// expect: LINK
// expect: PURGE
// expect: QUERY
// expect: M-SEARCH

/* wire
> COPY / HTTP/1.1
>
> DELETE / HTTP/1.1
>
> GET / HTTP/1.1
>
> HEAD / HTTP/1.1
>
> LOCK / HTTP/1.1
>
> MKCOL / HTTP/1.1
>
> MOVE / HTTP/1.1
>
> OPTIONS / HTTP/1.1
>
> POST / HTTP/1.1
>
> PROPFIND / HTTP/1.1
>
> PROPPATCH / HTTP/1.1
>
> PUT / HTTP/1.1
>
> TRACE / HTTP/1.1
>
> UNLOCK / HTTP/1.1
>
> PATCH / HTTP/1.1
>
> REPORT / HTTP/1.1
>
> SEARCH / HTTP/1.1
>
> LINK / HTTP/1.1
>
> PURGE / HTTP/1.1
>
> QUERY / HTTP/1.1
>
> M-SEARCH / HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/
