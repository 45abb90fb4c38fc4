// SPDX-License-Identifier: MIT
//
// The peer leaves in the middle of an answer, by FIN or by RST, with requests
// pipelined behind: no "drain" follows, timers that go on sending do no harm.

var server = node.http.createServer(function (request, response) {
    var closed = false;
    if (request.uri.file === "next") {
        response.sendHeader(200, {});
        response.finish();
        return;
    }
    response.addListener("drain", function () {
        if (closed)
            console.log("drain after close");
    });
    request.connection.addListener("close", function () {
        closed = true;
        console.log("close");
        setTimeout(function () {
            if (response.sendBody("more"))
                console.log("true after close");
            clearInterval(timer);
            response.finish();
            console.log("done");
        }, 30);
    });
    response.sendHeader(200, {});
    var piece = new Array(100001).join("x");
    var timer = setInterval(function () { response.sendBody(piece); }, 5);
});
server.listen(0);
console.log(server.port);

// expect: close
// expect: done
// expect: close
// expect: done

/* wire
window 100000
as reset
> GET /stream HTTP/1.1
>
> GET /next HTTP/1.1
>
sleep 100
reset
says done
as closed
> GET /stream HTTP/1.1
>
> GET /next HTTP/1.1
>
sleep 100
close
says done
as next
> GET /next HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
