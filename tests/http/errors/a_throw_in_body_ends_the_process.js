// SPDX-License-Identifier: MIT
//
// As in "request", so in "body".

var server = node.http.createServer(function (request, response) {
    request.addListener("body", function (chunk) {
        console.log(chunk);
        null.property;
    });
});
server.listen(0);
console.log(server.port);

// expect: abc
// stderr: a_throw_in_body_ends_the_process.js:8$
// stderr: TypeError: Cannot read properties of null
// status: 1

/* wire
> PUT / HTTP/1.1
> Transfer-Encoding: chunked
>
> 3
> abc
> 3
> def
gone
*/
