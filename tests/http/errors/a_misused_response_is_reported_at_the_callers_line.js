// SPDX-License-Identifier: MIT
//
// What sendHeader() throws, uncaught, names the program's line in its stack.

var server = node.http.createServer(function (request, response) {
    response.sendHeader(200, { "A": "b\r\nEvil: 1" });
    response.finish();
});
server.listen(0);
console.log(server.port);

// stderr: Error: sendHeader: the value of A, "b\\r\\nEvil: 1"
// stderr: a_misused_response_is_reported_at_the_callers_line.js:6:14
// status: 1

/* wire
> GET / HTTP/1.1
>
gone
*/
