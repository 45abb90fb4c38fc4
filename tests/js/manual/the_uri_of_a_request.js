// SPDX-License-Identifier: MIT
// within: manual
include("/utils.js");
var server = node.http.createServer(function (request, response) {
    puts(request.method + " " + request.headers["Accept"]);
    ["path", "file", "directory"].forEach(function (part) {
        puts(part + ": " + request.uri[part]);
    });
    puts("params: " + JSON.stringify(request.uri.params));
    puts("protocol: " + request.uri.protocol);
    response.sendHeader(200, {});
    response.finish();
    server.close();
});
server.listen(8000);

var connection = node.tcp.createConnection(8000);
connection.addListener("connect", function () {
    connection.send("GET /status?name=ryan HTTP/1.1\r\n" +
                    "Accept: */*\r\n" +
                    "\r\n");
    connection.close();
});
// expect: GET */*
// expect: path: /status
// expect: file: status
// expect: directory: /
// expect: params: {"name":"ryan"}
// expect: protocol: undefined
