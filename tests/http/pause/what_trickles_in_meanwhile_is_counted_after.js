// SPDX-License-Identifier: MIT
//
// A peer that sends every 10 ms while the program pauses again and again: the
// count stands still in each pause, and nothing is lost (110).

var server = node.http.createServer(function (request, response) {
    var count = 0, pauses = 0, all = "";
    request.addListener("body", function (chunk) {
        all += chunk;
        count += chunk.length;
        if (pauses === 3 || count < 5 * (pauses + 1))
            return;
        pauses++;
        request.pause();
        var before = count;
        setTimeout(function () {
            if (count !== before)
                console.log("told while paused");
            request.resume();
        }, 100);
    });
    request.addListener("complete", function () {
        console.log(pauses, count);
        response.sendHeader(200, {});
        response.sendBody(all);
        response.finish();
    });
});
server.listen(0);
console.log(server.port);

// expect: 3 200

/* wire
> PUT / HTTP/1.1
> Content-Length: 200
>
sleep 1
bytewise 10
send 20 0123456789
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 200
<
receive 20 0123456789
*/
