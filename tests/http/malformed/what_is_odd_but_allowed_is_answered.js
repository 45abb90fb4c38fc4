// SPDX-License-Identifier: MIT
//
// No Host, rubbish behind %, empty lines before the request line, an empty
// value, upgrades and CONNECT: ordinary requests (72, 76, 79).

var server = node.http.createServer(function (request, response) {
    console.log(request.method, request.uri.source,
                JSON.stringify(request.uri.params),
                JSON.stringify(request.headers));
    response.sendHeader(200, {});
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: GET /%zz%9?a=%99&b=%zz&c=%C3%A4&%=x&d=1 {"c":"ä","d":"1"} {}
// expect: GET / {} {}
// expect: GET / {} {"A":""}
// expect: GET /chat {} {"Connection":"Upgrade","Upgrade":"websocket"}
// expect: CONNECT example.com:443 {} {"Host":"example.com:443"}
// expect: GET / {} {"Connection":"keep-alive","Keep-Alive":"300"}
// expect: GET /~a;b=c,d@e:f!$'()* {} {}
// expect: GET /after {} {}

/* wire
> GET /%zz%9?a=%99&b=%zz&c=%C3%A4&%=x&d=1 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
>
>
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET / HTTP/1.1
> A:
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /chat HTTP/1.1
> Connection: Upgrade
> Upgrade: websocket
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> CONNECT example.com:443 HTTP/1.1
> Host: example.com:443
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET / HTTP/1.1
> Connection: keep-alive
> Keep-Alive: 300
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /~a;b=c,d@e:f!$'()* HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /after HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
