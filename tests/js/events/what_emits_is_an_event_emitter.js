// SPDX-License-Identifier: MIT
include("/utils.js");
function check(name, x) {
    if (!(x instanceof node.EventEmitter))
        puts(name + " is none");
    delete left[name];
}
var left = {};
["promise", "promise of fs", "stdio", "process", "timer", "interval", "child",
 "TCP server", "TCP connection", "accepted connection", "HTTP server",
 "HTTP connection", "request", "response", "client", "client's request",
 "client's response", "file"].forEach(function (name) { left[name] = true; });

check("promise", new node.Promise());
check("promise of fs", node.fs.stat("/"));
check("stdio", node.stdio);
check("process", process);
check("timer", setTimeout(function () {}, 1));
var interval = setInterval(function () {}, 1);
check("interval", interval);
clearInterval(interval);
check("child", node.createChildProcess("true"));
var File = require("/file.js").File;
check("file", new File("/dev/null", "r"));

var server = node.tcp.createServer(function (connection) {
    check("accepted connection", connection);
    connection.forceClose();
    server.close();
});
check("TCP server", server);
server.listen(0, "127.0.0.1");
var connection = node.tcp.createConnection(server.port, "127.0.0.1");
connection.addListener("eof", function () { connection.close(); });
check("TCP connection", connection);

var web = node.http.createServer(function (request, response) {
    check("HTTP connection", request.connection);
    check("request", request);
    check("response", response);
    response.sendHeader(200, {});
    response.finish();
    web.close();
});
check("HTTP server", web);
web.listen(0, "127.0.0.1");
var client = node.http.createClient(web.port, "127.0.0.1");
check("client", client);
var request = client.get("/");
check("client's request", request);
request.finish(function (response) { check("client's response", response); });
process.addListener("exit", function () { puts(JSON.stringify(left)); });

// expect: {}
