// SPDX-License-Identifier: MIT
//
// Expect: 100-continue is answered when it is the request's turn, unless the
// answer has begun; the header stays visible; not to HTTP/1.0 and not where no
// body follows.

var server = node.http.createServer(function (request, response) {
    console.log(request.uri.file, request.headers["Expect"]);
    if (request.uri.file === "refused") {
        response.sendHeader(413, { "Connection": "close" });
        response.finish();
        return;
    }
    var all = "";
    request.addListener("body", function (chunk) { all += chunk; });
    request.addListener("complete", function () {
        setTimeout(function () {
            response.sendHeader(200, {});
            response.sendBody(all);
            response.finish();
        }, 20);
    });
});
server.listen(0);
console.log(server.port);

// expect: plain 100-continue
// expect: chunked 100-Continue
// expect: first undefined
// expect: second 100-continue
// expect: first undefined
// expect: refused 100-continue
// expect: none 100-continue
// expect: old 100-continue
// expect: other bananas

/* wire
> PUT /plain HTTP/1.1
> Content-Length: 5
> Expect: 100-continue
>
< HTTP/1.1 100 Continue
<
silence 50
> hello\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< hello\
> PUT /chunked HTTP/1.1
> Expect: 100-Continue
> Transfer-Encoding: chunked
>
< HTTP/1.1 100 Continue
<
> 5
> hello
> 0
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< hello\
# Behind another request it waits until that is answered.
> PUT /first HTTP/1.1
> Content-Length: 1
>
> 1\
> PUT /second HTTP/1.1
> Content-Length: 1
> Expect: 100-continue
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 1\
< HTTP/1.1 100 Continue
<
> 2\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 2\
# Answered before it was its turn, it is not asked for its body any more.
> PUT /first HTTP/1.1
> Content-Length: 1
>
> 1\
> PUT /refused HTTP/1.1
> Content-Length: 1
> Expect: 100-continue
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 1\
< HTTP/1.1 413 Request Entity Too Large
< Connection: close
< Date: *
< Content-Length: 0
<
eof
as none
> GET /none HTTP/1.1
> Expect: 100-continue
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
as old
> PUT /old HTTP/1.0
> Content-Length: 1
> Expect: 100-continue
>
silence 50
> 1\
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 1
<
< 1\
eof
# What is not known is not answered.
as other
> PUT /other HTTP/1.1
> Content-Length: 1
> Expect: bananas
>
silence 50
> 1\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 1\
*/
