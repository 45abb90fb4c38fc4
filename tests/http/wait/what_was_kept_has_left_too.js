// SPDX-License-Identifier: MIT
//
// A response that has come often, and so costs C nothing but a note, leaves
// before the listener of the next request waits.

var promise = new node.Promise();
var server = node.http.createServer(function (request, response) {
    if (request.uri.path === "/wait")
        promise.wait();
    response.sendHeader(200, {});
    response.sendBody("often");
    response.finish();
});
server.listen(0);
console.log(server.port);

var OFTEN = 40;
var answers = 0;
var waiting = false;
var client = node.tcp.createConnection(server.port);
client.addListener("connect", function () { client.send(gets(OFTEN)); });
client.addListener("receive", function (data) {
    answers += data.split("often").length - 1;
    if (!waiting && answers === OFTEN) {
        waiting = true;
        client.send(gets(3) + "GET /wait HTTP/1.1\r\n\r\n");
    } else if (answers === OFTEN + 3) {
        console.log("three have left");
        promise.emitSuccess();
    } else if (answers === OFTEN + 4) {
        console.log("the other follows");
        client.close();
    }
});

function gets(count) {
    return new Array(count + 1).join("GET / HTTP/1.1\r\n\r\n");
}

// expect: three have left
// expect: the other follows

/* wire
says the other follows
*/
