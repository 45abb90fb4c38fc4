// SPDX-License-Identifier: MIT
//
// Who had connected before close() is served, although the program had not come
// to accept it; who comes after is refused.

var server = node.http.createServer(function (request, response) {
    if (request.uri.file === "busy") {
        console.log("busy");
        var until = Date.now() + 2000;
        while (Date.now() < until) {}
        server.close();
    }
    response.sendHeader(200, { "Connection": "close" });
    response.finish();
});
server.addListener("close", function () { console.log("closed"); });
server.listen(0);
console.log(server.port);

// expect: busy
// expect: closed
// status: 0

/* wire
as first
> GET /busy HTTP/1.1
>
says busy
as second
> GET /second HTTP/1.1
>
as third
sleep 1
as first
< HTTP/1.1 200 OK
< Connection: close
< Date: *
< Content-Length: 0
<
eof
close
says closed
refused
as second
< HTTP/1.1 200 OK
< Connection: close
< Date: *
< Content-Length: 0
<
eof
close
as third
> GET /third HTTP/1.1
>
< HTTP/1.1 200 OK
< Connection: close
< Date: *
< Content-Length: 0
<
eof
*/
