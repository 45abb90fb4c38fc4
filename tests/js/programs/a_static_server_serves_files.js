// SPDX-License-Identifier: MIT
// Files by promises, in callbacks and by wait(); a directory is listed.
include("/utils.js");
var path = node.path, fs = node.fs;
var root = path.join(ENV.SCRATCH, "shard" + node.shard.id);

exec("mkdir -p " + root + "/sub && cp /usr/bin/env " + root + "/env && " +
     "printf x >" + root + "/sub/x.txt").wait();

var TYPES = {"txt": "text/plain"};
function typeOf(file) {
    return TYPES[file.slice(file.lastIndexOf(".") + 1)] ||
        "application/octet-stream";
}

function send(res, code, type, body, encoding) {
    res.sendHeader(code, {"Content-Type": type, "Content-Length": body.length});
    res.sendBody(body, encoding);
    res.finish();
}

var server = node.http.createServer(function (req, res) {
    var file = path.join(root, req.uri.path);
    fs.stat(file).addCallback(function (stats) {
        if (stats.isDirectory()) {
            send(res, 200, "text/plain", fs.readdir(file).wait().sort().join());
            return;
        }
        fs.cat(file, "binary").addCallback(function (content) {
            puts(req.uri.file + " " + (content.length === stats.size) + " " +
                 (stats.mtime instanceof Date));
            send(res, 200, typeOf(file), content, "binary");
        });
    }).addErrback(function (e) {
        send(res, 404, "text/plain", e.message);
    });
});
server.listen(0, "127.0.0." + (1 + node.shard.id)); // each shard has its own
var url = "http://127.0.0." + (1 + node.shard.id) + ":" + server.port;

puts(node.http.cat(url + "/").wait());
puts(node.http.cat(url + "/sub").wait());
puts(node.http.cat(url + "/sub/x.txt").wait());
puts(node.cat(url + "/env", "binary").wait() ===
     node.cat("/usr/bin/env", "binary").wait());
try {
    node.http.cat(url + "/nope").wait();
} catch (code) {
    puts(code);
}
server.close();

// shards: 4
// expect: env,sub
// expect: x.txt
// expect: x.txt true true
// expect: x
// expect: env true true
// expect: true
// expect: 404
