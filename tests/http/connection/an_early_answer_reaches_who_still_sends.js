// SPDX-License-Identifier: MIT
//
// A big upload is answered before it has come.  The rest is read, and told:
// with Connection: close, so that the answer is not lost by a reset, and without,
// so that the next request is found behind it.

var server = node.http.createServer(function (request, response) {
    var closes = request.uri.file === "refuse";
    response.sendHeader(closes ? 413 : 200,
                        closes ? { "Connection": "close" } : {});
    response.finish();
    request.addListener("complete", function () {
        console.log("complete", request.uri.path);
    });
});
server.listen(0);
console.log(server.port);

// expect: complete /keep
// expect: complete /next
// expect: complete /refuse
// expect: complete /refuse

/* wire
as keep
> PUT /keep HTTP/1.1
> Content-Length: 10000000
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
send 10000000 x
> GET /next HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
as refuse
> PUT /refuse HTTP/1.1
> Content-Length: 10000000
>
< HTTP/1.1 413 Request Entity Too Large
< Connection: close
< Date: *
< Content-Length: 0
<
eof
send 10000000 x
fin
sleep 50
as refuse while sending
> PUT /refuse HTTP/1.1
> Content-Length: 10000000
>
stream 10000000 x
< HTTP/1.1 413 Request Entity Too Large
< Connection: close
< Date: *
< Content-Length: 0
<
eof
*/
