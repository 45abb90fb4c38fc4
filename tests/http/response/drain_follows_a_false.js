// SPDX-License-Identifier: MIT
//
// sendBody() says false once more than 64 KiB wait, the first time too; "drain"
// follows when the peer has taken them; until then nothing is lost if the
// program goes on.

var piece = new Uint8Array(100000).fill(120);
var server = node.http.createServer(function (request, response) {
    var count = 0, drains = 0;
    if (request.uri.file === "finish") {
        response.sendHeader(200, { "Content-Length": 8000000 });
        for (; count < 80; count++)
            response.sendBody(piece);
        response.finish();
        return;
    }
    response.addListener("drain", function () {
        drains++;
        send();
    });
    function send() {
        while (count < 80) {
            count++;
            if (!response.sendBody(piece))
                break;
        }
        if (count === 1)
            console.log("false at first");
        if (count === 80) {
            response.finish();
            console.log(drains > 1 ? "drained" : "never drained");
        }
    }
    response.sendHeader(200, { "Content-Length": 8000000 });
    send();
});
server.listen(0);
console.log(server.port);

// expect: false at first
// expect: drained

/* wire
window 100000
> GET /drain HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 8000000
< Date: *
< Connection: keep-alive
<
sleep 100
receive 8000000 x
> GET /finish HTTP/1.1
>
< HTTP/1.1 200 OK
< Content-Length: 8000000
< Date: *
< Connection: keep-alive
<
receive 8000000 x
*/
