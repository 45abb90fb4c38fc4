// SPDX-License-Identifier: MIT
//
// The manual's first program, but for the port.

include("/utils.js");

var server = node.http.createServer(function (request, response) {
  response.sendHeader(200, {"Content-Type": "text/plain"});
  response.sendBody("Hello World\n");
  response.finish();
});
server.listen(0);
puts(server.port);
puts("Server running at http://127.0.0.1/");

// expect: Server running at http://127.0.0.1/

/* wire
> GET / HTTP/1.1
> Host: localhost
> Accept: *\/*
>
< HTTP/1.1 200 OK
< Content-Type: text/plain
< Date: *
< Connection: keep-alive
< Content-Length: 12
<
< Hello World\n\
> GET / HTTP/1.1
> Connection: close
>
< HTTP/1.1 200 OK
< Content-Type: text/plain
< Date: *
< Connection: close
< Content-Length: 12
<
< Hello World\n\
eof
*/
