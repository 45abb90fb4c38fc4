// SPDX-License-Identifier: MIT
//
// As in "request", so in "complete", where the request had no body, too.

var server = node.http.createServer(function (request, response) {
    request.addListener("complete", function () {
        undefined_function();
    });
});
server.listen(0);
console.log(server.port);

// stderr: a_throw_in_complete_ends_the_process.js:7$
// stderr: ReferenceError: undefined_function is not defined
// status: 1

/* wire
> GET / HTTP/1.1
>
gone
*/
