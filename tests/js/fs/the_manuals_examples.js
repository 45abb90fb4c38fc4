// SPDX-License-Identifier: MIT
include("/utils.js");
var hello = ENV.SCRATCH + "/hello", world = ENV.SCRATCH + "/world";
require("/file.js").write(hello, "x").wait();
node.fs.rename(hello, world).addCallback(function () {
    node.fs.stat(world).addCallback(function (stats) {
        puts("stats: " + JSON.stringify(stats).slice(0, 7));
        // expect: stats: {"dev":
        node.fs.rename(world, hello).wait();
        node.fs.stat(hello).addCallback(function (stats) {
            puts("size: " + stats.size);            // expect: size: 1
            var promise = node.fs.unlink(hello);
            promise.addCallback(function () {
                puts("successfully deleted");
                // expect: successfully deleted
            });
        });
    });
});
node.fs.cat("/etc/passwd").addCallback(function (content) {
    print(content.indexOf("root") >= 0 ? "" : "no root");
});
