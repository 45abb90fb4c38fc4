include("/utils.js");
node.http.createServer(function (request, response) {
  response.sendHeader(200, {"Content-Type": "text/plain"});
  response.sendBody("Hello World\n");
  response.finish();
}).listen(8000);
puts("Server running at http://127.0.0.1:8000/");
