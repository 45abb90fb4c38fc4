// SPDX-License-Identifier: MIT
var scratch = require("../fixtures/scratch.js");
var file = scratch.file("file", "x");
process.addListener("exit", function () {
    node.fs.unlink(file).addCallback(function () { console.log("never"); });
    node.fs.cat("/dev/zero"); // would never end
    console.log("exit");                            // expect: exit
});
