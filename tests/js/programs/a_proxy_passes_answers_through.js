// SPDX-License-Identifier: MIT
// It hands on the headers of both sides as they are, and the bodies as they come.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own

var bytes = "";
for (var i = 0; i < 256 * 300; i++)
    bytes += String.fromCharCode(i & 255);

var backend = node.http.createServer(function (req, res) {
    var length = 0;
    req.addListener("body", function (chunk) { length += chunk.length; });
    req.addListener("complete", function () {
        switch (req.uri.path) {
        case "/length":
            res.sendHeader(200, {"Content-Length": bytes.length});
            res.sendBody(bytes, "binary");
            res.finish();
            break;
        case "/chunked":
            res.sendHeader(200, {"X-Length": length, "x-method": req.method});
            res.sendBody(bytes, "binary");
            setTimeout(function () {
                res.sendBody("the end");
                res.finish();
            }, 20);
            break;
        default:
            res.sendHeader(304, {"ETag": '"' + req.uri.query + '"'});
            res.finish();
        }
    });
});
backend.listen(0, host);
var port = backend.port;

var METHODS = {"GET": "get", "POST": "post", "HEAD": "head", "PUT": "put"};
var proxy = node.http.createServer(function (req, res) {
    var client = node.http.createClient(port, host);
    var on = client[METHODS[req.method]](req.uri.toString(), req.headers);
    req.addListener("body", function (chunk) { on.sendBody(chunk, "binary"); });
    req.addListener("complete", function () {
        on.finish(function (answer) {
            answer.setBodyEncoding("binary");
            res.sendHeader(answer.statusCode, answer.headers);
            answer.addListener("body", function (chunk) {
                res.sendBody(chunk, "binary");
            });
            answer.addListener("complete", function () { res.finish(); });
        });
    });
});
proxy.listen(0, host);

function ask(method, path, body, callback) {
    var client = node.http.createClient(proxy.port, host);
    var request = client[method](path, {"Host": "x"});
    if (body)
        request.sendBody(body, "binary");
    request.finish(function (res) {
        var got = "";
        res.setBodyEncoding("binary");
        res.addListener("body", function (chunk) { got += chunk; });
        res.addListener("complete", function () {
            delete res.headers["Date"];
            puts(res.statusCode + " " + JSON.stringify(res.headers));
            callback(got);
        });
    });
}

ask("get", "/length", null, function (got) {
    puts(got === bytes);
    ask("post", "/chunked", bytes, function (got) {
        puts(got === bytes + "the end");
        ask("head", "/length", null, function (got) {
            puts(got === "");
            ask("put", "/nothing?to=see", "abc", function (got) {
                puts(got === "");
                proxy.close();
                backend.close();
            });
        });
    });
});

// shards: 4
// expect: 200 {"Content-Length":"76800","Connection":"close"}
// expect: true
// expect: 200 {"X-Length":"76800","x-method":"POST","Connection":"close","Transfer-Encoding":"chunked"}
// expect: true
// expect: 200 {"Content-Length":"76800","Connection":"close"}
// expect: true
// expect: 304 {"ETag":"\"to=see\"","Connection":"close"}
// expect: true
