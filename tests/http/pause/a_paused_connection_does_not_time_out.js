// SPDX-License-Identifier: MIT
//
// The clock of the idle timeout stands still while a request is paused, and
// starts anew at resume(); answering goes on meanwhile.

var server = node.http.createServer(function (request, response) {
    var resumed;
    request.connection.setTimeout(300);
    request.connection.addListener("timeout", function () {
        console.log("timeout", Date.now() - resumed >= 300);
    });
    request.connection.addListener("close", function (had_error) {
        console.log("close", had_error);
    });
    request.pause();
    response.sendHeader(200, {});
    response.sendBody("while paused");
    setTimeout(function () {
        console.log("resume");
        resumed = Date.now();
        request.resume();
    }, 1000);
});
server.listen(0);
console.log(server.port);

// expect: resume
// expect: timeout true
// expect: close false

/* wire
> PUT / HTTP/1.1
> Content-Length: 5
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< c
< while paused
says resume
gone
says close false
*/
