// SPDX-License-Identifier: MIT
//
// What was finished before node.exit() ended the process is sent, also when it is a
// response that came often and was only noted for C.

var OFTEN = 40;
var server = node.http.createServer(function (request, response) {
    response.sendHeader(200, {});
    response.sendBody("often");
    response.finish();
    if (request.uri.path === "/end")
        node.exit(3);
});
server.listen(0);
console.log(server.port);

var got = "";
var client = node.tcp.createConnection(server.port);
client.addListener("connect", function () {
    client.send(new Array(OFTEN + 1).join("GET / HTTP/1.1\r\n\r\n"));
});
client.addListener("receive", function (data) {
    got += data;
    if (got.split("often").length - 1 === OFTEN)
        console.log("ready");
});

// expect: ready
// status: 3

/* wire
says ready
> GET /1 HTTP/1.1
>
> GET /2 HTTP/1.1
>
> GET /end HTTP/1.1
>
> GET /never HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< often\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< often\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< often\
gone
*/
