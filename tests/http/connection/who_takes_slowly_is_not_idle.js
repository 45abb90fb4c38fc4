// SPDX-License-Identifier: MIT
//
// An answer that the peer takes in little by little keeps the connection, and so
// does a body that trickles in; one that it does not take at all does not.

var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    request.connection.setTimeout(1500);
    request.connection.addListener("timeout", function () {
        console.log("timeout", file);
    });
    request.addListener("complete", function () {
        response.sendHeader(200, {});
        if (file !== "body")
            response.sendBody(new Uint8Array(16000000).fill(120));
        response.finish();
    });
});
server.listen(0);
console.log(server.port);

// expect: timeout not

/* wire
window 100000
# All three at once.
as stubborn
> GET /not HTTP/1.1
>
as trickle
> PUT /body HTTP/1.1
> Content-Length: 10
>
bytewise 250
stream 1 0123456789
bytewise 0
as slow
> GET /slowly HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 16000000
<
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
sleep 150
receive 50000 x
close
as trickle
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
close
as stubborn
says timeout not
reset
*/
