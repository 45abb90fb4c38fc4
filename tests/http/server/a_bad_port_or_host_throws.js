// SPDX-License-Identifier: MIT
//
// listen() says what is wrong with its arguments, and the server is as before.

var server = node.http.createServer(function (request, response) {
    response.sendHeader(200, {});
    response.finish();
});
function tell() {
    try {
        server.listen.apply(server, arguments);
        console.log("listens");
    } catch (error) {
        console.log(error instanceof TypeError);
    }
}
server.listen(0);
console.log(server.port);
server.close();
[undefined, null, "", "http", -1, 65536, 1.5, NaN, {}].forEach(function (port) {
    tell(port);
});
tell(0, 1234);
tell(0, {});
tell(0);
try {
    server.listen(0);
} catch (error) {
    console.log(error.message);
}
server.close();

// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: listens
// expect: listen: the server listens already
// status: 0

/* wire
# Nothing to be said.
*/
