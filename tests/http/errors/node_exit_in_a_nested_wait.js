// SPDX-License-Identifier: MIT
//
// node.exit() while other listeners wait below: none of them goes on.

var server = node.http.createServer(function (request, response) {
    console.log(request.uri.path);
    if (request.uri.file === "exit")
        node.exit(3);
    new node.Promise().wait();
    console.log("went on");
});
server.listen(0);
console.log(server.port);

// expect: /1
// expect: /2
// expect: /exit
// status: 3

/* wire
as 1
> GET /1 HTTP/1.1
>
says /1
as 2
> GET /2 HTTP/1.1
>
says /2
as exit
> GET /exit HTTP/1.1
>
gone
*/
