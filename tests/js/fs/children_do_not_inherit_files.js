// SPDX-License-Identifier: MIT
var scratch = require("../fixtures/scratch.js");
var fd = node.fs.open(scratch.file("file", "x"), node.O_RDONLY).wait();
var child = node.createChildProcess("ls -l /proc/self/fd");
var text = "";
child.addListener("output", function (data) { text += data || ""; });
child.addListener("exit", function () {
    console.log(text.length > 0, text.indexOf(ENV.SCRATCH)); // expect: true -1
});
