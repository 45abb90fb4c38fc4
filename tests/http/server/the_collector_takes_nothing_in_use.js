// SPDX-License-Identifier: MIT
//
// Nobody keeps the server, its connections, requests and responses but what is
// going on: the collector runs, and all of it is still there (trap 11).
//
// options: --expose-gc

function collect() {
    for (var i = 0; i < 5; i++)
        gc();
}
(function () {
    var server = node.http.createServer(function (request, response) {
        var file = request.uri.file;
        request.connection.note = "noted";
        request.addListener("body", function (chunk) {
            collect();
            console.log("body", file, chunk, this.connection.note);
        });
        request.addListener("complete", function () {
            collect();
            console.log("complete", this.headers["Name"], this.uri.path);
            setTimeout(function () {
                collect();
                response.sendHeader(200, {});
                response.sendBody("begin");
                setTimeout(function () {
                    collect();
                    response.sendBody("end");
                    response.finish();
                    response = null;
                }, 20);
            }, 20);
        });
    });
    server.listen(0);
    console.log(server.port);
})();
collect();
setTimeout(collect, 10);

// expect: body 1 abc noted
// expect: body 1 def noted
// expect: complete value /1
// expect: complete undefined /2

/* wire
> PUT /1 HTTP/1.1
> Name: value
> Content-Length: 6
>
> abc\
says body 1 abc noted
> def\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 5
< begin
< 3
< end
< 0
<
> GET /2 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 5
< begin
< 3
< end
< 0
<
*/
