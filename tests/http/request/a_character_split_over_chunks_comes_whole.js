// SPDX-License-Identifier: MIT
//
// UTF-8 that is cut anywhere, by chunks and by packets, is put together again;
// what is cut off at the end becomes U+FFFD; no chunk is empty.

var server = node.http.createServer(function (request, response) {
    var all = "";
    request.setBodyEncoding("utf8");
    request.addListener("body", function (chunk) {
        if (chunk === "")
            console.log("empty chunk");
        all += chunk;
    });
    request.addListener("complete", function () {
        console.log(escape(all));
        response.sendHeader(200, {});
        response.finish();
    });
});
server.listen(0);
console.log(server.port);

// "a", then what takes 2, 3 and 4 bytes, then "b"
// expect: a%E4%u20AC%uD83D%uDE00b
// expect: a%E4%u20AC%uD83D%uDE00b
// expect: a%uFFFD
// expect: b

/* wire
> PUT /chunks HTTP/1.1
> Transfer-Encoding: chunked
>
> 2
> a\xc3
> 2
> \xa4\xe2
> 1
> \x82
> 2
> \xac\xf0
> 1
> \x9f
> 1
> \x98
> 2
> \x80b
> 0
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
bytewise 1
> PUT /packets HTTP/1.1
> Content-Length: 11
>
> a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80b\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
> PUT /unfinished HTTP/1.1
> Content-Length: 3
>
> a\xe2\
sleep 20
> \x82\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
# Nothing of it is left in the next one.
> PUT /next HTTP/1.1
> Content-Length: 1
>
> b\
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 0
<
*/
