// SPDX-License-Identifier: MIT
// within: manual
include("/utils.js");
var server = node.http.createServer(function (request, response) {
    response.sendHeader(200, [["Content-Length", "5"], ["Date", "now"]]);
    response.sendBody("h\u00e9llo".slice(0, 4), "utf8");
    response.finish();
    server.close();
});
server.listen(8000);

var request = node.http.createClient(8000).get("/");

// Bad - misses all or part of the body
request.finish(function (response) {
  setTimeout(function () {
    response.addListener("body", function (chunk) {
      puts("BODY: " + chunk);
    });
  }, 10);
});

request.addListener("response", function (response) {
    response.addListener("complete", function () { puts("complete"); });
});
// expect: complete
