// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var from = scratch.file("from", "text"), to = scratch.path("to");
var promise = node.fs.rename(from, to);
console.log(promise instanceof node.Promise);       // expect: true
promise.addCallback(function () {
    console.log(arguments.length);                  // expect: 0
});
promise.wait();
console.log(node.fs.cat(to).wait());                // expect: text
console.log(scratch.outcome(node.fs.stat(from)));
// expect: ENOENT No such file or directory
