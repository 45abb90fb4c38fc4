// SPDX-License-Identifier: MIT
//
// What is no request is not answered: no "request", no exception, the connection
// just closes; the server and other connections go on (71).

var server = node.http.createServer(function (request, response) {
    console.log("request", request.method, request.uri.source);
    response.sendHeader(200, {});
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: request GET /before
// expect: request GET /after

/* wire
as other
> GET /before HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
as garbage
> hello
gone
as unknown method
> FOO / HTTP/1.1
>
gone
as lower case method
> get / HTTP/1.1
>
gone
as bare line feeds
> GET / HTTP/1.1\nHost: a\n\n\
gone
as bare line feed between fields
> GET / HTTP/1.1
> A: b\nC: d
>
gone
as bare carriage return
> GET / HTTP/1.1
> A: b\rC: d
>
gone
as TLS
> \x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x00\
gone
as NUL
> \x00\x00\x00\x00\
gone
as no target
> GET HTTP/1.1
>
gone
as space in target
> GET /a b HTTP/1.1
>
gone
as NUL in target
> GET /a\x00b HTTP/1.1
>
gone
as byte in target
> GET /\xc3\xa4 HTTP/1.1
>
gone
as no version
> GET /
>
gone
as HTTP/2 preface
> PRI * HTTP/2.0
>
> SM
>
gone
as an answer
> HTTP/1.1 200 OK
>
gone
as odd version
> GET / HTTP/1.1.1
>
gone
as odd protocol
> GET / HTCPCP/1.0
>
gone
as space in name
> GET / HTTP/1.1
> A b: c
>
gone
as space before colon
> GET / HTTP/1.1
> A : c
>
gone
as no colon
> GET / HTTP/1.1
> Abc
>
gone
as no name
> GET / HTTP/1.1
> : abc
>
gone
as NUL in name
> GET / HTTP/1.1
> A\x00b: c
>
gone
as NUL in value
> GET / HTTP/1.1
> A: b\x00c
>
gone
# RFC 9112 5.2 leaves the choice between refusing this and repairing it.
as folded value
> GET / HTTP/1.1
> A: b
>  c
>
gone
as control in value
> GET / HTTP/1.1
> A: b\x01c
>
gone
as length no number
> PUT / HTTP/1.1
> Content-Length: five
>
gone
as length negative
> PUT / HTTP/1.1
> Content-Length: -5
>
gone
as length with sign
> PUT / HTTP/1.1
> Content-Length: +5
>
gone
as length hexadecimal
> PUT / HTTP/1.1
> Content-Length: 0x5
>
gone
as length empty
> PUT / HTTP/1.1
> Content-Length: 
>
gone
as length list
> PUT / HTTP/1.1
> Content-Length: 5, 6
>
gone
as length twice
> PUT / HTTP/1.1
> Content-Length: 5
> Content-Length: 6
>
gone
as length too great
> PUT / HTTP/1.1
> Content-Length: 99999999999999999999999
>
gone
as length and chunked
> PUT / HTTP/1.1
> Content-Length: 5
> Transfer-Encoding: chunked
>
> 0
>
gone
as chunked and length
> PUT / HTTP/1.1
> Transfer-Encoding: chunked
> Content-Length: 5
>
> 0
>
gone
as coding not chunked
> PUT / HTTP/1.1
> Transfer-Encoding: gzip
>
> abc
gone
as chunked not last
> PUT / HTTP/1.1
> Transfer-Encoding: chunked, gzip
>
> 0
>
gone
as chunked twice
> PUT / HTTP/1.1
> Transfer-Encoding: chunked
> Transfer-Encoding: identity
>
> 0
>
gone
as other
> GET /after HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
