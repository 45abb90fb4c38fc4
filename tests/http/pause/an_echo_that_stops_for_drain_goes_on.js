// SPDX-License-Identifier: MIT
//
// The pattern of every proxy: pause the request when the response is full,
// resume it on "drain".  A pause does not hold "drain".

var server = node.http.createServer(function (request, response) {
    var pauses = 0;
    response.sendHeader(200, { "Content-Length": 20000000 });
    request.addListener("body", function (chunk) {
        if (!response.sendBody(chunk)) {
            if (pauses++ === 0)
                console.log("paused");
            request.pause();
        }
    });
    response.addListener("drain", function () { request.resume(); });
    request.addListener("complete", function () {
        console.log("complete", pauses > 0);
        response.finish();
    });
});
server.listen(0);
console.log(server.port);

// expect: paused
// expect: complete true

/* wire
window 100000
> PUT / HTTP/1.1
> Content-Length: 20000000
>
stream 20000000 x
< HTTP/1.1 200 OK
< Content-Length: 20000000
< Date: *
< Connection: keep-alive
<
says paused
receive 20000000 x
*/
