// SPDX-License-Identifier: MIT
// As one does that tests with a clock of its own.
include("/utils.js");
include("/multipart.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
setTimeout = function () {};
var server = node.http.createServer(function (request, response) {
    var got = "";
    new Stream(request)
        .addListener("part", function (part) {
            part.addListener("body", function (chunk) { got += chunk; });
        })
        .addListener("complete", function () {
            response.sendHeader(200, {});
            response.sendBody(String(got.length));
            response.finish();
            server.close();
        });
});
server.listen(0, host);

var request = node.http.createClient(server.port, host).post("/", {
    "Content-Type": "multipart/form-data; boundary=x"
});
request.sendBody("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n");
request.sendBody(new Array(100001).join("y"));
request.sendBody("\r\n--x--\r\n");
request.finish(function (response) { response.addListener("body", puts); });

// shards: 2
// expect: 100000
