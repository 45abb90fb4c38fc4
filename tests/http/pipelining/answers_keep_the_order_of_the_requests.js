// SPDX-License-Identifier: MIT
//
// All requests of a packet are told at once; the answers leave in their order,
// in whatever order they are finished (67, R7).

var responses = {};
var server = node.http.createServer(function (request, response) {
    var name = request.uri.file;
    console.log("request", name);
    responses[name] = response;
    if (name !== "e")
        return;
    "dbeca".split("").forEach(function (name, i) {
        setTimeout(function () {
            console.log("finish", name);
            responses[name].sendHeader(200, {});
            responses[name].sendBody(name);
            if (name === "b" || name === "c") // a stream among them
                responses[name].sendBody("+" + name);
            responses[name].finish();
        }, 20 * i);
    });
});
server.listen(0);
console.log(server.port);

// expect: request a
// expect: request b
// expect: request c
// expect: request d
// expect: request e
// expect: finish d
// expect: finish b
// expect: finish e
// expect: finish c
// expect: finish a

/* wire
> GET /a HTTP/1.1
>
> GET /b HTTP/1.1
>
> GET /c HTTP/1.1
>
> GET /d HTTP/1.1
>
> GET /e HTTP/1.1
>
says finish c
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< a\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 1
< b
< 2
< +b
< 0
<
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 1
< c
< 2
< +c
< 0
<
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< d\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< e\
*/
