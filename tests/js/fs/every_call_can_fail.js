// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var outcome = scratch.outcome, fs = node.fs;
var file = scratch.file("file", "x"), directory = scratch.path("directory");
fs.mkdir(directory).wait();
var fd = fs.open(file, node.O_RDONLY).wait();
console.log(outcome(fs.rename(file, directory)));
// expect: EISDIR Is a directory
console.log(outcome(fs.rename(directory, file)));
// expect: ENOTDIR Not a directory
console.log(outcome(fs.stat(file + "/x")));
// expect: ENOTDIR Not a directory
console.log(outcome(fs.unlink(directory)));
// expect: EISDIR Is a directory
console.log(outcome(fs.rmdir(file)));
// expect: ENOTDIR Not a directory
console.log(outcome(fs.readdir(file)));
// expect: ENOTDIR Not a directory
console.log(outcome(fs.open(directory, node.O_WRONLY)));
// expect: EISDIR Is a directory
console.log(outcome(fs.open("", node.O_RDONLY)));
// expect: ENOENT No such file or directory
console.log(outcome(fs.cat(directory)));
// expect: EISDIR Is a directory
console.log(outcome(fs.cat(file + "/x")).replace(ENV.SCRATCH, "").slice(0, 22));
// expect: ENOTDIR Could not open
console.log(outcome(fs.write(fd, "x")));
// expect: EBADF Bad file descriptor
console.log(outcome(fs.write(99999, "x", 0)));
// expect: EBADF Bad file descriptor
console.log(outcome(fs.read(-5, 1)));
// expect: EBADF Bad file descriptor
console.log(outcome(fs.stat(Array(5000).join("x"))));
// expect: ENAMETOOLONG File name too long
fd = fs.open(directory, node.O_RDONLY).wait();
console.log(outcome(fs.read(fd, 10)));
// expect: EISDIR Is a directory
fd = fs.open("/dev/full", node.O_WRONLY).wait();
console.log(outcome(fs.write(fd, "x")));
// expect: ENOSPC No space left on device
