// SPDX-License-Identifier: MIT
// within: manual
include("/utils.js");
var server = node.http.createServer(function (request, response) {
var body = "hello world";
response.sendHeader(200, {
  "Content-Length": body.length,
  "Content-Type": "text/plain"
});
response.sendBody(body);
response.finish();
});
server.listen(8000);

node.http.createClient(8000).get("/").finish(function (response) {
    puts(response.headers["Content-Length"]);
    puts(response.headers["Content-Type"]);
    response.addListener("body", puts);
    server.close();
});
// expect: 11
// expect: text/plain
// expect: hello world
