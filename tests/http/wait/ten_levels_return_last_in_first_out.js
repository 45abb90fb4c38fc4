// SPDX-License-Identifier: MIT
//
// Ten requests wait, each in the turn of the one before; settled in the order
// in which they came, they return in the other one, and each is answered.

var promises = [];
var server = node.http.createServer(function (request, response) {
    var file = request.uri.file;
    if (file === "settle") {
        promises.forEach(function (promise) { promise.emitSuccess(); });
    } else {
        var promise = new node.Promise();
        promises.push(promise);
        promise.wait();
        console.log(file);
    }
    response.sendHeader(200, {});
    response.sendBody(file);
    response.finish();
});
server.listen(0);
console.log(server.port);

// expect: 9
// expect: 8
// expect: 7
// expect: 6
// expect: 5
// expect: 4
// expect: 3
// expect: 2
// expect: 1
// expect: 0

/* wire
as 0
> GET /0 HTTP/1.1
>
sleep 20
as 1
> GET /1 HTTP/1.1
>
sleep 20
as 2
> GET /2 HTTP/1.1
>
sleep 20
as 3
> GET /3 HTTP/1.1
>
sleep 20
as 4
> GET /4 HTTP/1.1
>
sleep 20
as 5
> GET /5 HTTP/1.1
>
sleep 20
as 6
> GET /6 HTTP/1.1
>
sleep 20
as 7
> GET /7 HTTP/1.1
>
sleep 20
as 8
> GET /8 HTTP/1.1
>
sleep 20
as 9
> GET /9 HTTP/1.1
>
sleep 20
as settle
> GET /settle HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 6
<
< settle\
as 0
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 0\
as 1
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 1\
as 2
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 2\
as 3
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 3\
as 4
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 4\
as 5
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 5\
as 6
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 6\
as 7
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 7\
as 8
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 8\
as 9
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 1
<
< 9\
*/
