// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var file = new (require("/file.js").File)("/dev/full", "w");
console.log(scratch.outcome(file.write("x")));
// expect: ENOSPC No space left on device
file.write("x").addErrback(function (error) {
    console.log(error.message);
    // expect: No space left on device
});
file.close().addCallback(function () { console.log("closed"); });
// expect: closed
