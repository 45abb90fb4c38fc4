// SPDX-License-Identifier: MIT
// within: manual
include("/utils.js");
var said = [];
puts = function (data) { said.push(data); }; // no two machines' are the same

var ls = node.createChildProcess("ls -lh /usr");
ls.addListener("output", function (data) {
  puts(data);
});

ls.addListener("exit", function (code) {
    console.log(said.pop() === null && /\bbin\n/.test(said.join("")));
    console.log(code);
});
// expect: true
// expect: 0
