// SPDX-License-Identifier: MIT
//
// setBodyEncoding(): binary without, names in any case, what is unknown is the
// default; ascii looks at 8 bits; invalid UTF-8 becomes U+FFFD.  It is of one
// message.

var server = node.http.createServer(function (request, response) {
    var encoding = request.uri.params.encoding;
    if (encoding !== undefined)
        request.setBodyEncoding(encoding);
    var all = "";
    request.addListener("body", function (chunk) { all += chunk; });
    request.addListener("complete", function () {
        console.log(encoding, escape(all));
        response.sendHeader(204, {});
        response.finish();
    });
});
server.listen(0);
console.log(server.port);

// expect: undefined %E4%E2%82%AC%00%FF
// expect: utf8 %uFFFD%u20AC%00%uFFFD
// expect: UTF8 %uFFFD%u20AC%00%uFFFD
// expect: binary %E4%E2%82%AC%00%FF
// expect: Binary %E4%E2%82%AC%00%FF
// expect: ascii %E4%E2%82%AC%00%FF
// expect: klingon %E4%E2%82%AC%00%FF
// expect: undefined %E4%E2%82%AC%00%FF
// expect: raw %E4%E2%82%AC%00%FF
// stderr: obsolete

/* wire
> PUT / HTTP/1.1
> Content-Length: 6
>
> \xe4\xe2\x82\xac\x00\xff\
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
> PUT /?encoding=utf8 HTTP/1.1
> Content-Length: 6
>
> \xe4\xe2\x82\xac\x00\xff\
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
> PUT /?encoding=UTF8 HTTP/1.1
> Content-Length: 6
>
> \xe4\xe2\x82\xac\x00\xff\
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
> PUT /?encoding=binary HTTP/1.1
> Content-Length: 6
>
> \xe4\xe2\x82\xac\x00\xff\
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
> PUT /?encoding=Binary HTTP/1.1
> Content-Length: 6
>
> \xe4\xe2\x82\xac\x00\xff\
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
> PUT /?encoding=ascii HTTP/1.1
> Content-Length: 6
>
> \xe4\xe2\x82\xac\x00\xff\
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
> PUT /?encoding=klingon HTTP/1.1
> Content-Length: 6
>
> \xe4\xe2\x82\xac\x00\xff\
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
> PUT / HTTP/1.1
> Content-Length: 6
>
> \xe4\xe2\x82\xac\x00\xff\
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
> PUT /?encoding=raw HTTP/1.1
> Content-Length: 6
>
> \xe4\xe2\x82\xac\x00\xff\
< HTTP/1.1 204 No Content
< Date: *
< Connection: keep-alive
<
*/
