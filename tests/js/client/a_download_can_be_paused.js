// SPDX-License-Identifier: MIT
// pause() stalls a big response; resume() loses nothing.  And http.cat, with
// its errors.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var piece = new Array(64 * 1024 + 1).join("p");
var sent = 0;
var server = node.http.createServer(function (request, response) {
    if (request.uri.path === "/none") {
        response.sendHeader(404, {});
        response.finish();
        return;
    }
    response.sendHeader(200, {"Content-Type": "text/plain"});
    (function more() {
        while (sent < 400) {
            sent++;
            if (!response.sendBody(piece)) {
                response.listeners("drain").length = 0;
                response.addListener("drain", more);
                return;
            }
        }
        response.finish();
    })();
});
server.listen(0, host);
var url = "http://" + host + ":" + server.port;
var client = node.http.createClient(server.port, host);
client.get("/").finish(function (response) {
    var got = 0, paused = false;
    response.addListener("body", function (chunk) {
        if (paused)
            puts("body while paused");
        got += chunk.length;
        if (got === chunk.length) {
            paused = true;
            response.pause();
            setTimeout(function () {
                puts(sent < 400);
                paused = false;
                response.resume();
            }, 300);
        }
    });
    response.addListener("complete", function () {
        puts(got === 400 * piece.length);
        sent = 399;
        node.http.cat(url + "/?q#h").addCallback(function (content) {
            puts(content === piece);
            node.http.cat(url + "/none").addErrback(function (status) {
                puts(status);
                try {
                    node.http.cat("http://127.0.0.1:1").wait();
                } catch (e) {
                    puts(e.message);
                }
                server.close();
            });
        });
    });
});

// shards: 2
// expect: true
// expect: true
// expect: true
// expect: 404
// expect: Promise completed with error (No arguments given.)
