// SPDX-License-Identifier: MIT
//
// A listener that runs because of resume() waits for what was held behind it.

var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    var bodies = 0, promise = new node.Promise();
    console.log("request", file);
    request.addListener("body", function (chunk) {
        console.log("body", chunk);
        if (++bodies === 1) {
            request.pause();
            setTimeout(function () { request.resume(); }, 50);
        }
        if (bodies === 2) {
            promise.wait(); // until complete
            console.log("waited");
        }
    });
    request.addListener("complete", function () {
        console.log("complete", file);
        promise.emitSuccess();
        response.sendHeader(200, {});
        response.finish();
    });
    if (file === "second") {
        promise.wait();
        console.log("second waited");
    }
});
server.listen(0);
console.log(server.port);

// expect: request first
// expect: body a
// expect: body b
// expect: complete first
// expect: request second
// expect: complete second
// expect: request third
// expect: complete third
// expect: second waited
// expect: waited

/* wire
> PUT /first HTTP/1.1
> Transfer-Encoding: chunked
>
> 1
> a
> 1
> b
> 0
>
> GET /second HTTP/1.1
>
> GET /third HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
