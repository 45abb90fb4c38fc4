// SPDX-License-Identifier: MIT
//
// node.exit() in a request listener: the "exit" listeners run, the status is the
// given one, no statement and no request follows, every connection ends.

var server = node.http.createServer(function (request, response) {
    console.log(request.uri.path);
    if (request.uri.file !== "exit") {
        response.sendHeader(200, {});
        response.sendBody("never finished");
        return;
    }
    node.exit(7);
    console.log("after exit");
});
process.addListener("exit", function () { console.log("exit"); });
server.listen(0);
console.log(server.port);

// expect: /1
// expect: /2
// expect: /exit
// expect: exit
// status: 7

/* wire
as upload
> PUT /1 HTTP/1.1
> Content-Length: 1000
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< e
< never finished
as download
> GET /2 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< e
< never finished
as exit
> GET /exit HTTP/1.1
>
> GET /never HTTP/1.1
>
gone
as upload
gone
as download
gone
*/
