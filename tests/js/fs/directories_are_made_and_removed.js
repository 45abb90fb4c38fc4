// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var name = scratch.path("directory");
function show() { console.log(arguments.length, this instanceof node.Promise); }
node.fs.mkdir(name, 0755).addCallback(show).wait(); // expect: 0 true
console.log(node.fs.stat(name).wait().isDirectory()); // expect: true
console.log(scratch.outcome(node.fs.mkdir(name)));
// expect: EEXIST File exists
scratch.file("directory/file", "x");
console.log(scratch.outcome(node.fs.rmdir(name)));
// expect: ENOTEMPTY Directory not empty
node.fs.unlink(name + "/file").addCallback(show).wait(); // expect: 0 true
node.fs.rmdir(name).addCallback(show).wait();       // expect: 0 true
console.log(scratch.outcome(node.fs.rmdir(name)));
// expect: ENOENT No such file or directory
