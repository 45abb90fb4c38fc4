// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var File = require("/file.js").File;
function thrown(f) {
    try {
        f();
        console.log("nothing");
    } catch (error) {
        console.log(error instanceof TypeError, error.message.slice(14));
    }
}
var file = new File(scratch.path("file"), "w");
thrown(function () { new File(7, "r"); });
// expect: true filename of File() must be a string without NUL
thrown(function () { file.write(); });
// expect: true data of write() must be a string, typed array or ArrayBuffer
thrown(function () { file.write("x", "y"); });
// expect: true position of write() must be an integer from 0 on, or null
thrown(function () { file.read(); });
// expect: true length of read() must be an integer from 0 on
thrown(function () { file.read(1, -1); });
// expect: true position of read() must be an integer from 0 on, or null
file.close();
