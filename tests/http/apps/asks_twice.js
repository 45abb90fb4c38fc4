// SPDX-License-Identifier: MIT
// A client of the port in its argument: two requests on one connection that is
// kept, and then nothing more to do.
include("/utils.js");
var client = node.http.createClient(Number(ARGV[2]), "127.0.0.1");
function ask(next) {
    client.get("/", {"Connection": "keep-alive"}).finish(function (response) {
        response.addListener("complete", next);
    });
}
ask(function () {
    ask(function () { puts(client.readyState); });
});
