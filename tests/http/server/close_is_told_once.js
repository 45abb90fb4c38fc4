// SPDX-License-Identifier: MIT
//
// close() ends with one "close" event, later, with 0; a second close() does
// nothing; then the server may listen again.

var server = node.http.createServer(function (request, response) {
    response.sendHeader(200, {});
    response.finish();
});
var closes = 0;
server.addListener("close", function (errno) {
    console.log("close", this === server, errno, arguments.length);
    if (++closes === 1) {
        server.listen(port);
        console.log("listens again", server.port === port);
        setTimeout(function () { server.close(); }, 10);
    }
});
server.listen(0);
var port = server.port;
console.log(port);
server.close();
server.close();
console.log("closed", server.port);

// expect: closed undefined
// expect: close true 0 1
// expect: listens again true
// expect: close true 0 1
// status: 0

/* wire
says close true 0 1
says close true 0 1
sleep 50
refused
*/
