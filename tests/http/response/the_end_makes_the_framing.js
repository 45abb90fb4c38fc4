// SPDX-License-Identifier: MIT
//
// W19: finish() before anything left makes a length, whenever it comes; what has
// begun to leave is chunked, to HTTP/1.0 delimited by the end of the connection.

var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    function end() {
        if (file !== "nothing")
            response.sendBody("end");
        response.finish();
    }
    response.sendHeader(200, {});
    if (file === "later" || file === "nothing")
        return setTimeout(end, 20);
    response.sendBody("begin ");
    if (file === "stream")
        return setTimeout(end, 20);
    end();
});
server.listen(0);
console.log(server.port);

/* wire
> GET /later HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 3
<
< end\
> GET /nothing HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> GET /stream HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 6
< begin 
< 3
< end
< 0
<
> GET /two HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 6
< begin 
< 3
< end
< 0
<
as old
> GET /later HTTP/1.0
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
< Content-Length: 3
<
< end\
eof
as older
> GET /stream HTTP/1.0
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
<
< begin end\
eof
# It asked to be kept; a length allows that, a stream does not.
as oldest
> GET /later HTTP/1.0
> Connection: keep-alive
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 3
<
< end\
> GET /stream HTTP/1.0
> Connection: keep-alive
>
< HTTP/1.1 200 OK
< Date: *
< Connection: close
<
< begin end\
eof
*/
