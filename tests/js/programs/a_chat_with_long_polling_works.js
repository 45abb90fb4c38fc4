// SPDX-License-Identifier: MIT
// Three browsers wait for the next message of a server that keeps the last ones.
include("/utils.js");

var channel = new function () {
    var messages = [], callbacks = [];

    this.append = function (nick, text) {
        var m = { nick: nick, text: text, timestamp: messages.length + 1 };
        messages.push(m);
        while (callbacks.length > 0)
            callbacks.shift().callback([m]);
        while (messages.length > 200)
            messages.shift();
    };

    this.query = function (since, callback) {
        var matching = [];
        for (var i = 0; i < messages.length; i++)
            if (messages[i].timestamp > since)
                matching.push(messages[i]);
        if (matching.length != 0)
            callback(matching);
        else
            callbacks.push({ timestamp: new Date(), callback: callback });
    };

    this.timer = setInterval(function () {
        var now = new Date();
        while (callbacks.length > 0 && now - callbacks[0].timestamp > 30 * 1000)
            callbacks.shift().callback([]);
    }, 1000);
};

var handlers = {};
function get(path, handler) { handlers[path] = handler; }

var server = node.http.createServer(function (req, res) {
    res.simpleText = function (code, body) {
        res.sendHeader(code, [ ["Content-Type", "text/plain"]
                             , ["Content-Length", body.length]
                             ]);
        res.sendBody(body);
        res.finish();
    };
    res.simpleJSON = function (code, object) {
        this.simpleText(code, JSON.stringify(object));
    };
    var handler = handlers[req.uri.path];
    if (handler && req.method === "GET")
        handler(req, res);
    else
        res.simpleText(404, "Not Found\n");
});

get("/send", function (req, res) {
    channel.append(req.uri.params.nick, req.uri.params["text"]);
    res.simpleJSON(200, {});
});

get("/recv", function (req, res) {
    channel.query(parseInt(req.uri.params.since, 10), function (messages) {
        res.simpleJSON(200, { messages: messages });
    });
});

server.listen(0, "127.0.0." + (1 + node.shard.id)); // each shard has its own
var port = server.port;

function fetch(path, callback) {
    var client = node.http.createClient(port, "127.0.0." + (1 + node.shard.id));
    client.get(path, {"Host": "localhost"}).finish(function (res) {
        var body = "";
        res.setBodyEncoding("utf8");
        res.addListener("body", function (chunk) { body += chunk; });
        res.addListener("complete", function () {
            callback(res.statusCode, body);
        });
    });
}

var heard = [];
var here = 3;
function poll(name, since) {
    fetch("/recv?since=" + since, function (code, body) {
        var messages = JSON.parse(body).messages;
        for (var i = 0; i < messages.length; i++) {
            heard.push(name + " " + messages[i].nick + ": " + messages[i].text);
            since = messages[i].timestamp;
        }
        if (messages[i - 1].text !== "bye")
            poll(name, since);
        else if (--here === 0)
            end();
    });
}
poll("one", 0);
poll("two", 0);
poll("three", 0);
setTimeout(function () {
    fetch("/send?nick=me&text=hello+w%6frld", function (code, body) {
        fetch("/send?nick=me&text=bye", function () {});
    });
}, 100);

function end() {
    puts(heard.sort().join("\n"));
    fetch("/nothing", function (code, body) {
        print(code + " " + body);
        clearInterval(channel.timer);
        server.close();
    });
}

// shards: 4
// expect: one me: bye
// expect: one me: hello world
// expect: three me: bye
// expect: three me: hello world
// expect: two me: bye
// expect: two me: hello world
// expect: 404 Not Found
