// SPDX-License-Identifier: MIT
// As libraries of 2009 did, to all objects, and over what is standard by now.
Object.prototype.each = function (f) {
    for (var name in this)
        f(name, this[name]);
};
Array.prototype.last = function () { return this[this.length - 1]; };
Array.prototype.map = function (f) {
    var result = [];
    for (var i = 0; i < this.length; i++)
        result.push(f(this[i], i));
    return result;
};
Array.prototype.forEach = Array.prototype.filter = Array.prototype.map;
Array.prototype.filter = function (f) {
    var result = [];
    for (var i = 0; i < this.length; i++)
        if (f(this[i]))
            result.push(this[i]);
    return result;
};
Array.prototype.reduce = function () { throw "reduce"; };
Function.prototype.bind = function (object) {
    var f = this;
    return function () { return f.apply(object, arguments); };
};
String.prototype.trim = function () { return this.replace(/^\s+|\s+$/g, ""); };
String.prototype.startsWith = function (s) { return this.indexOf(s) == 0; };

include("/utils.js");
include("/mjsunit.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var server = node.http.createServer(function (request, response) {
    delete request.headers["Host"];
    var names = [];
    for (var name in request.headers)
        if (request.headers.hasOwnProperty(name))
            names.push(name);
    response.sendHeader(200, {"X-A": names.last()});
    response.sendBody(request.uri.params.a);
    response.finish();
    server.close();
});
server.listen(0, host);
var client = node.http.createClient(server.port, host);
client.get("/?a=b", {"First": 1}).finish(function (response) {
    puts(response.headers["X-A"] + " " +
         response.headers.hasOwnProperty("each"));
    response.addListener("body", puts);
});
process.addListener("exit", function () {
    assertEquals([1, [2]], [1, [2]]);
    puts(inspect({a: [1]}));
});
puts(node.path.join("a", "./b"));
client.addListener("close", function () {
    puts(exec("echo hi").wait().last() === "");
    puts(node.fs.readdir("/").wait().length > 0);
});

// shards: 4
// expect: a/b
// expect: Connection false
// expect: b
// expect: true
// expect: true
// expect: {"a":[1]}
