// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var File = require("/file.js").File;
var file = new File("/none/such", "r");
file.addListener("error", function (error) {
    console.log(this === file, error.message);
    // expect: true No such file or directory
});
// What was asked for fails too, for the same reason, in its order.
file.read(5).addErrback(function (error) {
    console.log("read", error.code, error.path);
    // expect: read ENOENT /none/such
    file.write("x").addErrback(function (error) {
        console.log("write", error.code);
    });
});
file.close().addErrback(function (error) {
    console.log("close", error.code);
});
// expect: close ENOENT
// expect: write ENOENT
new File("/none/such", "r"); // silent
