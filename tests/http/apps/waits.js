// SPDX-License-Identifier: MIT
// Each request waits a little before it is answered.
include("/utils.js");
var server = node.http.createServer(function (request, response) {
    var promise = new node.Promise();
    setTimeout(function () { promise.emitSuccess(); }, 20);
    promise.wait();
    response.sendHeader(200, {});
    response.sendBody("ok " + request.uri.path + "\n");
    response.finish();
});
server.listen(0, "127.0.0.1");
puts(server.port);
