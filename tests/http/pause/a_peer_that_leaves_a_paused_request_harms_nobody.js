// SPDX-License-Identifier: MIT
//
// The peer resets while its request is paused and events of it are held: after
// resume() the rest may be told or not, then comes "close", and that is all.

var requests = [];
var server = node.http.createServer(function (request, response) {
    if (request.uri.file === "resume") {
        requests.forEach(function (paused) { paused.resume(); });
    } else if (request.uri.file === "force") {
        requests.forEach(function (paused) {
            paused.connection.forceClose();
            paused.resume();
            paused.pause();
            paused.resume();
        });
    } else {
        request.pause();
        requests.push(request);
        request.addListener("complete", function () {
            console.log("complete after a reset");
        });
        request.connection.addListener("close", function () {
            console.log("close");
        });
        console.log("paused");
        return;
    }
    requests = [];
    response.sendHeader(200, {});
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: paused
// expect: close
// expect: paused
// expect: close

/* wire
as reset
> PUT / HTTP/1.1
> Transfer-Encoding: chunked
>
> 3
> abc
> 3
> def
says paused
reset
sleep 50
as control
> GET /resume HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
says close
as forced
> PUT / HTTP/1.1
> Transfer-Encoding: chunked
>
> 3
> abc
> 0
>
says paused
as control
> GET /force HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
as forced
gone
says close
*/
