// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var file = require("/file.js");
console.log(scratch.outcome(file.write("/none/such", "x")));
// expect: ENOENT Could not open /none/such
console.log(scratch.outcome(file.write("/dev/full", "x")));
// expect: ENOSPC No space left on device
console.log(scratch.outcome(file.write(ENV.SCRATCH, "x")).slice(0, 21));
// expect: EISDIR Could not open
function thrown(f) {
    try { f(); } catch (error) { console.log(error.message.slice(14)); }
}
thrown(function () { file.write(5, "x"); });
// expect: filename of write() must be a string without NUL
thrown(function () { file.write(scratch.path("x"), 5); });
// expect: data of write() must be a string, typed array or ArrayBuffer
