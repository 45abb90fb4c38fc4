// SPDX-License-Identifier: MIT
//
// Requests behind one that says close, or whose answer does, get no answer; what
// is done to their responses does nothing.

var responses = [];
var server = node.http.createServer(function (request, response) {
    responses.push(response);
    if (request.uri.file === "late")
        setTimeout(function () { answer(response, request); }, 50);
    else
        answer(response, request);
});
function answer(response, request) {
    response.sendHeader(200, request.uri.params.close ?
                        { "Connection": "close" } : {});
    response.sendBody("x");
    response.sendBody("y");
    response.finish();
}
server.addListener("connection", function (connection) {
    connection.addListener("close", function () { console.log("close"); });
});
server.listen(0);
console.log(server.port);

// expect: close
// expect: close
// expect: close

/* wire
as request
> GET /1 HTTP/1.1
> Connection: close
>
> GET /2 HTTP/1.1
>
> GET /3 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Transfer-Encoding: chunked
<
< 1
< x
< 1
< y
< 0
<
eof
close
says close
as answer
> GET /1?close=1 HTTP/1.1
>
> GET /2 HTTP/1.1
>
> GET /3 HTTP/1.1
>
< HTTP/1.1 200 OK
< Connection: close
< Date: *
< Transfer-Encoding: chunked
<
< 1
< x
< 1
< y
< 0
<
eof
close
says close
# The later ones are answered first, and dropped then.
as late
> GET /late?close=1 HTTP/1.1
>
> GET /2 HTTP/1.1
>
> GET /3 HTTP/1.1
>
< HTTP/1.1 200 OK
< Connection: close
< Date: *
< Transfer-Encoding: chunked
<
< 1
< x
< 1
< y
< 0
<
eof
close
says close
*/
