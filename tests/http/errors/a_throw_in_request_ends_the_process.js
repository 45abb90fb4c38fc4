// SPDX-License-Identifier: MIT
//
// An exception in a request listener is reported at its line, with status 1 and
// no "exit"; no listener runs after it.

var server = node.http.createServer(function (request, response) {
    console.log(request.uri.path);
    request.addListener("complete", function () { console.log("complete"); });
    request.connection.addListener("close", function () {
        console.log("close");
    });
    response.sendHeader(200, {});
    response.finish();
    if (request.uri.file === "throw")
        throw new Error("thrown in a listener");
});
process.addListener("exit", function () { console.log("exit"); });
server.listen(0);
console.log(server.port);

// expect: /good
// expect: complete
// expect: /throw
// stderr: a_throw_in_request_ends_the_process.js:15$
// stderr: ^        throw new Error\("thrown in a listener"\);
// stderr: ^        \^
// stderr: Error: thrown in a listener
// stderr: at Server.*a_throw_in_request_ends_the_process.js:15:15
// status: 1

/* wire
as other
> GET /good HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
as thrower
> GET /throw HTTP/1.1
>
> GET /never HTTP/1.1
>
says /throw
close
as other
gone
*/
