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

// Good
request.finish(function (response) {
  response.addListener("body", function (chunk) {
    puts("BODY: " + chunk);
  });
});
// expect: BODY: hÃ©ll
