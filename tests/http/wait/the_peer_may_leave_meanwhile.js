// SPDX-License-Identifier: MIT
//
// While a listener waits its peer resets; "close" is told in the nested turn,
// and answering afterwards does nothing.

var server = node.http.createServer(function (request, response) {
    var promise = new node.Promise();
    request.connection.addListener("close", function () {
        console.log("close");
        setTimeout(function () { promise.emitSuccess(); }, 10);
    });
    response.sendHeader(200, {});
    response.sendBody("begin");
    promise.wait();
    console.log(response.sendBody("end"));
    response.finish();
    console.log("done");
});
server.listen(0);
console.log(server.port);

// expect: close
// expect: false
// expect: done

/* wire
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Transfer-Encoding: chunked
<
< 5
< begin
reset
says done
*/
