// SPDX-License-Identifier: MIT
//
// A body that breaks its chunks ends the connection: what came before may have
// been told, "complete" is not, and what follows is not taken for a request.

var count = 0;
var server = node.http.createServer(function (request, response) {
    count++;
    request.addListener("complete", function () {
        console.log("complete", request.uri.source, count);
        response.sendHeader(200, {});
        response.finish();
    });
});
server.listen(0);
console.log(server.port);

// expect: complete /good 11

/* wire
as size
> PUT /bad HTTP/1.1
> Transfer-Encoding: chunked
>
> xyz
> abc
> GET /smuggled HTTP/1.1
>
gone
as empty size
> PUT /bad HTTP/1.1
> Transfer-Encoding: chunked
>
> 
> abc
> GET /smuggled HTTP/1.1
>
gone
as negative size
> PUT /bad HTTP/1.1
> Transfer-Encoding: chunked
>
> -1
> abc
> GET /smuggled HTTP/1.1
>
gone
as too great a size
> PUT /bad HTTP/1.1
> Transfer-Encoding: chunked
>
> fffffffffffffffff
> abc
> GET /smuggled HTTP/1.1
>
gone
as too long a chunk
> PUT /bad HTTP/1.1
> Transfer-Encoding: chunked
>
> 3
> abcdef
> GET /smuggled HTTP/1.1
>
gone
as no line end
> PUT /bad HTTP/1.1
> Transfer-Encoding: chunked
>
> 3
> abc3
> abc
> GET /smuggled HTTP/1.1
>
gone
as bare line feed
> PUT /bad HTTP/1.1
> Transfer-Encoding: chunked
>
> 3\nabc\n0\n\n\
> GET /smuggled HTTP/1.1
>
gone
as bare line feed after size
> PUT /bad HTTP/1.1
> Transfer-Encoding: chunked
>
> 3\nabc
> 0
>
> GET /smuggled HTTP/1.1
>
gone
as bad trailer
> PUT /bad HTTP/1.1
> Transfer-Encoding: chunked
>
> 0
> A b: c
>
> GET /smuggled HTTP/1.1
>
gone
as NUL
> PUT /bad HTTP/1.1
> Transfer-Encoding: chunked
>
> 3\x00
> abc
> GET /smuggled HTTP/1.1
>
gone
as good
> GET /good HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
