// SPDX-License-Identifier: MIT
//
// Bodies of both framings between pipelined requests end where they end, also
// when the answer left before they came (73).

var server = node.http.createServer(function (request, response) {
    var all = "";
    request.addListener("body", function (chunk) { all += chunk; });
    request.addListener("complete", function () {
        console.log(request.uri.path, "[" + all + "]");
        if (request.uri.file !== "early")
            answer();
    });
    if (request.uri.file === "early")
        answer();
    function answer() {
        response.sendHeader(200, {});
        response.sendBody(all);
        response.finish();
    }
});
server.listen(0);
console.log(server.port);

// expect: /1 [GET / HTTP/1.1]
// expect: /2 [abcde]
// expect: /early [ignored]
// expect: /3 []
// expect: /early [ignored again]
// expect: /4 []

/* wire
> PUT /1 HTTP/1.1
> Content-Length: 14
>
> GET / HTTP/1.1\
> PUT /2 HTTP/1.1
> Transfer-Encoding: chunked
>
> 3
> abc
> 2
> de
> 0
>
> PUT /early HTTP/1.1
> Content-Length: 7
>
> ignored\
> GET /3 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 14
<
< GET / HTTP/1.1\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 5
<
< abcde\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> PUT /early HTTP/1.1
> Content-Length: 13
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> ignored\
sleep 20
>  again\
> GET /4 HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
