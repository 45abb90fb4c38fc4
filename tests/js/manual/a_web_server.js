// SPDX-License-Identifier: MIT
// within: manual
include("/utils.js");
node.http.createServer(function (request, response) {
  response.sendHeader(200, {"Content-Type": "text/plain"});
  response.sendBody("Hello World\n");
  response.finish();
}).listen(8000);
puts("Server running at http://127.0.0.1:8000/");

// The example would run for ever.
node.http.createClient(8000).get("/").finish(function (response) {
    puts(response.statusCode + " " + response.headers["Content-Type"]);
    response.addListener("body", print);
    response.addListener("complete", function () { node.exit(0); });
});
// expect: Server running at http://127.0.0.1:8000/
// expect: 200 text/plain
// expect: Hello World
