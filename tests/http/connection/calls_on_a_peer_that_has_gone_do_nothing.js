// SPDX-License-Identifier: MIT
//
// The peer resets before it is answered.  In "close", in a timer, and before
// either is noticed: every call returns, sendBody() says false, nothing throws.

function use(request, response, when) {
    var results = [];
    request.pause();
    request.resume();
    request.setBodyEncoding("utf8");
    response.sendHeader(200, { "Content-Length": 6 });
    results.push(response.sendBody("abc"), response.sendBody([100, 101]));
    response.finish();
    response.finish();
    request.connection.setTimeout(10);
    request.connection.close();
    request.connection.forceClose();
    console.log(when, results.join(), request.connection.readyState);
}
var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    response.addListener("drain", function () { console.log("drain"); });
    if (file === "waits") {
        // The reset has come, but nobody has told us yet.
        console.log("busy");
        var until = Date.now() + 200;
        while (Date.now() < until) {}
        response.sendHeader(200, {});
        response.sendBody("abc");
        response.sendBody("def");
        response.finish();
        return;
    }
    request.connection.addListener("close", function (had_error) {
        console.log("close", had_error);
        if (file === "close")
            use(request, response, "in close");
        else
            setTimeout(function () {
                use(request, response, "in a timer");
            }, 20);
    });
    console.log("request", file);
});
server.listen(0);
console.log(server.port);

// expect: request close
// expect: close true
// expect: in close false,false closed
// expect: request timer
// expect: close true
// expect: in a timer false,false closed
// expect: request half
// expect: close true
// expect: in a timer false,false closed
// expect: busy

/* wire
as close
> GET /close HTTP/1.1
>
says request close
reset
says in close false,false closed
as timer
> PUT /timer HTTP/1.1
> Content-Length: 10
>
> abc\
says request timer
reset
says in a timer false,false closed
as half
> PUT /half HTTP/1.1
> Expect: 100-continue
> Content-Length: 10
>
< HTTP/1.1 100 Continue
<
says request half
reset
says in a timer false,false closed
as waits
> GET /waits HTTP/1.1
>
says busy
reset
sleep 300
*/
