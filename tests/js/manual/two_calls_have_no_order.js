// SPDX-License-Identifier: MIT
// within: manual
include("/utils.js");
puts = function () {}; // which of the two comes first nobody knows

node.fs.rename("/tmp/hello", "/tmp/world");
node.fs.stat("/tmp/world").addCallback(function (stats) {
  puts("stats: " + JSON.stringify(stats));
});

process.addListener("exit", function () { console.log("the end"); });
// expect: the end
