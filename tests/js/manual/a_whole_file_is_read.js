// SPDX-License-Identifier: MIT
// within: manual
var said = "";
function puts(content) { said += content; }

node.fs.cat("/etc/passwd").addCallback(function (content) {
  puts(content);
});

process.addListener("exit", function () {
    console.log(/^root:.*\n/m.test(said));
});
// expect: true
