// SPDX-License-Identifier: MIT
//
// An async listener answers after an await, of what is settled and of what a
// timer settles; answers keep the order of the requests.

function later(ms) {
    return new Promise(function (resolve) { setTimeout(resolve, ms); });
}
var server = node.http.createServer(async function (request, response) {
    var file = request.uri.file;
    if (file === "timer")
        await later(50);
    else if (file === "promise")
        await { then: function (f) { f(); } };
    else
        await null;
    console.log(file);
    response.sendHeader(200, {});
    response.sendBody(file);
    await null;
    response.sendBody("+");
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: null
// expect: promise
// expect: timer

/* wire
> GET /timer HTTP/1.1
>
> GET /null HTTP/1.1
>
> GET /promise HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 5
< timer
< 1
< +
< 0
<
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 4
< null
< 1
< +
< 0
<
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 7
< promise
< 1
< +
< 0
<
*/
