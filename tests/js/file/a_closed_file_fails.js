// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var file = new (require("/file.js").File)(scratch.path("file"), "w");
file.write("x");
file.close();
console.log(scratch.outcome(file.write("y")));
// expect: EBADF Bad file descriptor
console.log(scratch.outcome(file.close()));
// expect: EBADF Bad file descriptor
console.log(node.fs.cat(file.filename).wait());     // expect: x
