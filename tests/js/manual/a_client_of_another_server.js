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

var google = node.http.createClient(80, "google.com");
var request = google.get("/");
request.finish(function (response) {
  puts("STATUS: " + response.statusCode);
  puts("HEADERS: " + JSON.stringify(response.headers));
  response.setBodyEncoding("utf8");
  response.addListener("body", function (chunk) {
    puts("BODY: " + chunk);
  });
});
// expect: STATUS: 200
// expect: HEADERS: {"Content-Length":"5","Date":"now","Connection":"close"}
// expect: BODY: héll
