// SPDX-License-Identifier: MIT
//
// No "body" and no "complete" from pause() until resume(), though all of it has
// come in the packet of the head; then all of it, in order.

var server = node.http.createServer(function (request, response) {
    var paused = false;
    function tell(what, text) {
        console.log(paused ? "PAUSED" : "", what, text);
    }
    function rest(ms) {
        request.pause();
        request.pause(); // once is enough
        paused = true;
        console.log("pause");
        setTimeout(function () {
            console.log("resume");
            paused = false;
            request.resume();
            request.resume();
        }, ms);
    }
    request.resume(); // nothing to resume
    rest(100);
    request.addListener("body", function (chunk) {
        tell("body", chunk);
        rest(50);
    });
    request.addListener("complete", function () {
        tell("complete", request.uri.file);
        response.sendHeader(200, {});
        response.finish();
    });
});
server.listen(0);
console.log(server.port);

// expect: pause
// expect: resume
// expect:  body abc
// expect: pause
// expect: resume
// expect:  complete length
// expect: pause
// expect: resume
// expect:  body abc
// expect: pause
// expect: resume
// expect:  body de
// expect: pause
// expect: resume
// expect:  complete chunked
// expect: pause
// expect: resume
// expect:  complete none

/* wire
> PUT /length HTTP/1.1
> Content-Length: 3
>
> abc\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> PUT /chunked HTTP/1.1
> Transfer-Encoding: chunked
>
> 3
> abc
> 2
> de
> 0
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /none HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
