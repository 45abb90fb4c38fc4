// SPDX-License-Identifier: MIT
//
// wait() in a request listener, settled by a timer: other connections, and the
// request that came in the same packet, are served while it blocks.

var answered = new node.Promise(); // the other connection's request
var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    console.log("enter", file);
    if (file === "wait")
        answered.wait();
    console.log("leave", file);
    response.sendHeader(200, {});
    response.sendBody(file);
    response.finish();
    if (file === "other")
        setTimeout(function () { answered.emitSuccess(); }, 20);
});
server.listen(0);
console.log(server.port);

// expect: enter wait
// expect: enter behind
// expect: leave behind
// expect: enter other
// expect: leave other
// expect: leave wait

/* wire
as waiting
> GET /wait HTTP/1.1
>
> GET /behind HTTP/1.1
>
says leave behind
as other
> GET /other HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< other\
as waiting
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 4
<
< wait\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 6
<
< behind\
*/
