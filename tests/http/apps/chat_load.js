// SPDX-License-Identifier: MIT
//
// 20 clients listen; when all do, 10 say 20 lines each.  Each line has to come
// to each listener, once.
var clients = require("clients.js");
var LISTENERS = 20, SPEAKERS = 10, LINES = 20;
var ready = 0, complete = 0;

for (let i = 0; i < LISTENERS; i++)
    listen(node.http.createClient(ENV.SERVER_PORT, "127.0.0.1"));

function listen(client) {
    var heard = new Set();
    var rest = "";
    client.get("/", {}).finish(function (response) {
        response.addListener("body", function (chunk) {
            var lines = (rest + chunk).split("\n");
            rest = lines.pop();
            lines.forEach(hear);
        });
    });

    function hear(line) {
        if (line === "welcome") {
            if (++ready === LISTENERS)
                speak();
            return;
        }
        if (heard.has(line))
            throw new Error(line + " came twice");
        heard.add(line);
        if (heard.size < SPEAKERS * LINES)
            return;
        client.forceClose();
        if (++complete === LISTENERS)
            console.log("all heard all");
    }
}

function speak() {
    var said = [];
    clients.crowd(SPEAKERS, LINES, function (client, i, then) {
        said[i] = (said[i] || 0) + 1;
        clients.ask(client, "post", "/", "speaker " + i + " line " + said[i],
                    then);
    }, function () {});
}
