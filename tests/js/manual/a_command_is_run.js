// SPDX-License-Identifier: MIT
// within: manual
include("/utils.js");
var said;
puts = function (data) { said = data; }; // no two machines' are the same

exec("ls /").addCallback(function (stdout, stderr) {
  puts(stdout);
});

process.addListener("exit", function () {
    console.log(/^etc\n/m.test(said));
});
// expect: true
