// SPDX-License-Identifier: MIT
//
// What is kept of whole responses changes none: the same again and again, then
// with other content under the same head, in another encoding, without content,
// with content that never repeats, and to requests that are answered otherwise.
// All of it comes pipelined, so that kinds change within a turn.

var contents = {
    "/a": ["content a", undefined],
    "/b": ["content b", undefined],
    "/utf8": ["\u00e4\u20ac", "utf8"],
    "/binary": ["\u00e4\u20ac", "binary"],
    "/empty": ["", undefined],
    "/long": [new Array(1025).join("long"), undefined]
};
var count = 0;
var server = node.http.createServer(function (request, response) {
    var path = request.uri.path;
    response.sendHeader(200, { "X-Same": "1" });
    if (path === "/count")
        response.sendBody("count " + count++);
    else if (path !== "/none")
        response.sendBody(contents[path][0], contents[path][1]);
    response.finish();
});
server.listen(0);
console.log(server.port);

var sent = "";
var expected = "";

function ask(times, path, method, version) {
    while (times-- > 0) {
        var content = { "/count": "count " + asked, "/none": "",
                        "/utf8": "\xc3\xa4\xe2\x82\xac",
                        "/binary": "\xe4\xac" }[path];
        if (content === undefined)
            content = contents[path][0];
        if (path === "/count")
            asked++;
        sent += method + " " + path + " HTTP/" + version + "\r\n" +
                (version === "1.0" ? "Connection: keep-alive\r\n" : "") +
                "\r\n";
        expected += "HTTP/1.1 200 OK\r\nX-Same: 1\r\nDate: *\r\n" +
                    "Connection: keep-alive\r\nContent-Length: " +
                    content.length + "\r\n\r\n" +
                    (method === "HEAD" ? "" : content);
    }
}

var asked = 0;
["/a", "/b", "/a", "/utf8", "/binary", "/empty", "/none", "/a", "/long",
 "/a"].forEach(function (path) {
    ask(30, path, "GET", "1.1");
    ask(1, path, "HEAD", "1.1");
    ask(1, path, "GET", "1.0");
    ask(3, path, "GET", "1.1");
});
ask(150, "/count", "GET", "1.1");
ask(30, "/a", "GET", "1.1");

var got = "";
var client = node.tcp.createConnection(server.port);
client.setEncoding("binary");
client.addListener("connect", function () { client.send(sent); });
client.addListener("receive", function (data) {
    got += data;
    var shown = got.replace(/Date: [A-Z][a-z][a-z], [^\r]* GMT/g, "Date: *");
    if (shown.length < expected.length)
        return;
    console.log(shown === expected ? "all the same" : shown);
    client.close();
});

// expect: all the same

/* wire
says all the same
*/
