// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var name = scratch.path("file");
var fd = node.fs.open(name, node.O_CREAT | node.O_WRONLY, 0600).wait();
console.log(typeof fd, fd > 2);                     // expect: number true
node.fs.close(fd).addCallback(function () {
    console.log(arguments.length);                  // expect: 0
}).wait();
console.log(node.fs.stat(name).wait().mode & 0777 & ~0600); // expect: 0
var flags = node.O_CREAT | node.O_EXCL | node.O_RDWR;
console.log(scratch.outcome(node.fs.open(name, flags, 0644)));
// expect: EEXIST File exists
console.log(scratch.outcome(node.fs.open(name, node.O_DIRECTORY)));
// expect: ENOTDIR Not a directory
console.log(scratch.outcome(node.fs.close(-1)));
// expect: EBADF Bad file descriptor
console.log(scratch.outcome(node.fs.close(99999)));
// expect: EBADF Bad file descriptor
