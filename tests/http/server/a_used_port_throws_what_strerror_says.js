// SPDX-License-Identifier: MIT
//
// listen() on a used port throws (W9), two servers of one program included, and
// nobody is harmed: the first goes on, the second can take another port.

var first = node.http.createServer(function (request, response) {
    response.sendHeader(200, {});
    response.finish();
});
first.listen(0);
console.log(first.port);
var second = node.http.createServer(function () {});
for (var i = 0; i < 2; i++) {
    try {
        second.listen(first.port);
        console.log("listens");
    } catch (error) {
        console.log(error instanceof Error, error.code, error.errno,
                    /Address already in use/i.test(error.message),
                    error.message.indexOf(String(first.port)) >= 0);
    }
}
console.log(second.port);
second.listen(0);
console.log(typeof second.port, second.port !== first.port);
second.close();

// expect: true EADDRINUSE 98 true true
// expect: true EADDRINUSE 98 true true
// expect: undefined
// expect: number true

/* wire
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
