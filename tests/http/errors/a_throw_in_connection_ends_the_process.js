// SPDX-License-Identifier: MIT
//
// As in "request", so in "connection"; and what is thrown need be no Error.

var server = node.http.createServer(function (request, response) {
    console.log("request");
});
server.addListener("connection", function () {
    throw "text";
});
server.listen(0);
console.log(server.port);

// stderr: a_throw_in_connection_ends_the_process.js:9$
// stderr: text
// status: 1

/* wire
> GET / HTTP/1.1
>
gone
*/
