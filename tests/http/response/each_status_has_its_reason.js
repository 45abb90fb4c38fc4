// SPDX-License-Identifier: MIT
//
// The reasons of node.http.STATUS_CODES; "unknown" for what is not among them.

var server = node.http.createServer(function (request, response) {
    var status = request.uri.file;
    response.sendHeader(Number(status), {});
    response.finish();
});
server.listen(0);
console.log(server.port);
console.log(Object.keys(node.http.STATUS_CODES).join(" "));

// expect: 100 101 200 201 202 203 204 205 206 300 301 302 303 304 305 400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 500 501 502 503 504 505

/* wire
> GET /200 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /201 HTTP/1.1
>
< HTTP/1.1 201 Created
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /202 HTTP/1.1
>
< HTTP/1.1 202 Accepted
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /203 HTTP/1.1
>
< HTTP/1.1 203 Non-Authoritative Information
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /204 HTTP/1.1
>
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
> GET /205 HTTP/1.1
>
< HTTP/1.1 205 Reset Content
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /206 HTTP/1.1
>
< HTTP/1.1 206 Partial Content
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /300 HTTP/1.1
>
< HTTP/1.1 300 Multiple Choices
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /301 HTTP/1.1
>
< HTTP/1.1 301 Moved Permanently
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /302 HTTP/1.1
>
< HTTP/1.1 302 Moved Temporarily
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /303 HTTP/1.1
>
< HTTP/1.1 303 See Other
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /304 HTTP/1.1
>
< HTTP/1.1 304 Not Modified
< Date: *
< Connection: keep-alive
<
> GET /305 HTTP/1.1
>
< HTTP/1.1 305 Use Proxy
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /400 HTTP/1.1
>
< HTTP/1.1 400 Bad Request
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /401 HTTP/1.1
>
< HTTP/1.1 401 Unauthorized
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /402 HTTP/1.1
>
< HTTP/1.1 402 Payment Required
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /403 HTTP/1.1
>
< HTTP/1.1 403 Forbidden
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /404 HTTP/1.1
>
< HTTP/1.1 404 Not Found
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /405 HTTP/1.1
>
< HTTP/1.1 405 Method Not Allowed
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /406 HTTP/1.1
>
< HTTP/1.1 406 Not Acceptable
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /407 HTTP/1.1
>
< HTTP/1.1 407 Proxy Authentication Required
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /408 HTTP/1.1
>
< HTTP/1.1 408 Request Time-out
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /409 HTTP/1.1
>
< HTTP/1.1 409 Conflict
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /410 HTTP/1.1
>
< HTTP/1.1 410 Gone
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /411 HTTP/1.1
>
< HTTP/1.1 411 Length Required
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /412 HTTP/1.1
>
< HTTP/1.1 412 Precondition Failed
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /413 HTTP/1.1
>
< HTTP/1.1 413 Request Entity Too Large
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /414 HTTP/1.1
>
< HTTP/1.1 414 Request-URI Too Large
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /415 HTTP/1.1
>
< HTTP/1.1 415 Unsupported Media Type
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /500 HTTP/1.1
>
< HTTP/1.1 500 Internal Server Error
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /501 HTTP/1.1
>
< HTTP/1.1 501 Not Implemented
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /502 HTTP/1.1
>
< HTTP/1.1 502 Bad Gateway
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /503 HTTP/1.1
>
< HTTP/1.1 503 Service Unavailable
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /504 HTTP/1.1
>
< HTTP/1.1 504 Gateway Time-out
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /505 HTTP/1.1
>
< HTTP/1.1 505 HTTP Version not supported
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /299 HTTP/1.1
>
< HTTP/1.1 299 unknown
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /418 HTTP/1.1
>
< HTTP/1.1 418 unknown
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /999 HTTP/1.1
>
< HTTP/1.1 999 unknown
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
