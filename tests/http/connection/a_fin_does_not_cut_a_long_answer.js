// SPDX-License-Identifier: MIT
//
// The peer says FIN right after its request: a long answer still comes whole,
// by pieces and drain.

var piece = new Uint8Array(100000).fill(120);
var server = node.http.createServer(function (request, response) {
    var left = 200;
    request.connection.addListener("eof", function () {
        console.log("eof", left > 0);
    });
    function send() {
        while (left-- > 0)
            if (!response.sendBody(piece))
                return;
        response.finish();
    }
    response.addListener("drain", send);
    response.sendHeader(200, { "Content-Length": 20000000 });
    setTimeout(send, 50);
});
server.listen(0);
console.log(server.port);

// expect: eof true

/* wire
window 100000
> GET / HTTP/1.1
>
fin
says eof true
< HTTP/1.1 200 OK
< Content-Length: 20000000
< Date: *
< Connection: keep-alive
<
receive 20000000 x
eof
*/
