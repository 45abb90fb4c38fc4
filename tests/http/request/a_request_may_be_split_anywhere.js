// SPDX-License-Identifier: MIT
//
// A head, a target and a body, one byte at a time.

var server = node.http.createServer(function (request, response) {
    var all = "";
    request.addListener("body", function (chunk) { all += chunk; });
    request.addListener("complete", function () {
        console.log(request.method, request.uri.source, request.httpVersion,
                    JSON.stringify(request.headers), "[" + all + "]");
        response.sendHeader(200, {});
        response.sendBody(all);
        response.finish();
    });
});
server.listen(0);
console.log(server.port);

// expect: POST /some/where?q=1#x 1.1 {"Host":"localhost","Some-Header":"a value","Transfer-Encoding":"chunked"} [hello world]
// expect: GET / 1.1 {} []

/* wire
bytewise 1
> POST /some/where?q=1#x HTTP/1.1
> Host: localhost
> Some-Header:   a value  
> Transfer-Encoding: chunked
>
> 5;extension
> hello
> 6
>  world
> 0
> Trailer: value
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 11
<
< hello world\
bytewise 1
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
