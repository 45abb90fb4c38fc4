// SPDX-License-Identifier: MIT
//
// An async listener that throws after its await ends the process like any other.

var server = node.http.createServer(async function (request, response) {
    await null;
    throw new Error("after an await");
});
server.listen(0);
console.log(server.port);

// stderr: a_rejected_listener_is_an_uncaught_exception.js:7$
// stderr: Error: after an await
// status: 1

/* wire
> GET / HTTP/1.1
>
gone
*/
