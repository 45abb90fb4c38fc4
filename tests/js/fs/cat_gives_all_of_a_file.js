// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
console.log(node.fs.cat(scratch.file("a", "one\ntwo")).wait().split("\n"));
// expect: ["one","two"]
console.log(JSON.stringify(node.fs.cat(scratch.file("empty", "")).wait()));
// expect: ""
console.log(JSON.stringify(node.cat(scratch.path("a")).wait()));
// expect: "one\ntwo"
console.log(node.cat(scratch.path("a"), "bytes").wait().length); // expect: 7
// Larger than a piece, and of no size that stat() could tell.
var large = "";
for (var i = 0; i < 300000; i++)
    large += i + ",";
console.log(node.fs.cat(scratch.file("large", large)).wait() === large);
// expect: true
console.log(/^processor/.test(node.fs.cat("/proc/cpuinfo").wait()));
// expect: true
node.fs.cat(scratch.path("a"), null).addCallback(function (text) {
    console.log(arguments.length, text.length);     // expect: 1 7
});
