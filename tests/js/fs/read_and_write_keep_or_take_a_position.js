// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var flags = node.O_CREAT | node.O_RDWR;
var fd = node.fs.open(scratch.path("file"), flags, 0644).wait();
function show() { console.log(Array.prototype.slice.call(arguments)); }
console.log(node.fs.write(fd, "hello ").wait());  // expect: 6
console.log(node.fs.write(fd, "world", null).wait());  // expect: 5
console.log(node.fs.write(fd, "H", 0).wait());  // expect: 1
console.log(node.fs.write(fd, "!", undefined).wait());  // expect: 1
node.fs.read(fd, 5, 0).addCallback(show).wait();  // expect: ["Hello",5]
node.fs.read(fd, 100, 6).addCallback(show).wait();
// expect: ["world!",6]
// The descriptor's own position is still at the end.
node.fs.read(fd, 5).addCallback(show).wait();  // expect: [null,0]
node.fs.read(fd, 5, 12).addCallback(show).wait();  // expect: [null,0]
node.fs.read(fd, 0, 0).addCallback(show).wait();  // expect: [null,0]
console.log(JSON.stringify(node.fs.read(fd, 2, 3).wait())); // expect: ["lo",2]
node.fs.close(fd).wait();

fd = node.fs.open(scratch.path("file"), node.O_RDONLY).wait();
node.fs.read(fd, 5, null).addCallback(show).wait();  // expect: ["Hello",5]
node.fs.read(fd, 9, undefined).addCallback(show).wait();
// expect: [" world!",7]
node.fs.close(fd).wait();
