// SPDX-License-Identifier: MIT
// Where listen() throws, and the forms of its arguments.
include("/utils.js");
var first = node.tcp.createServer(function () {});
first.listen(0, "127.0.0.1");
function fails(f) {
    try {
        f();
        puts("no error");
    } catch (e) {
        puts((e.code || e.name) + ": " +
             e.message.replace(first.port, "PORT"));
    }
}
var second = node.tcp.createServer(function () {});
fails(function () { second.listen(first.port, "127.0.0.1"); });
fails(function () { second.listen(); });
fails(function () { second.listen("x"); });
fails(function () { second.listen(0, null, "many"); });
fails(function () { second.listen(0, 1.5); });
fails(function () { second.listen(0, "no such name"); });
fails(function () { first.listen(0); });
second.listen("0", null, 10); // a numeric string
second.close();
second.close();
var closes = 0;
second.addListener("close", function (errorno) {
    puts("close " + errorno);
    if (++closes > 1)
        return;
    second.listen(0, 5); // two arguments: the backlog
    puts(second.port > 0);
    second.close();
    first.close();
});

// expect: EADDRINUSE: listen on 127.0.0.1:PORT: Address already in use
// expect: TypeError: listen: port must be an integer from 0 to 65535
// expect: TypeError: listen: port must be an integer from 0 to 65535
// expect: TypeError: listen: backlog must be an integer
// expect: TypeError: listen: host must be a string
// expect: ENOENT: listen on no such name:0: no such host: No such file or directory
// expect: Error: listen: the server listens already
// expect: close 0
// expect: true
// expect: close 0
