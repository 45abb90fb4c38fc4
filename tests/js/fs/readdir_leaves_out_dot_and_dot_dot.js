// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
node.fs.mkdir(scratch.path("empty")).wait();
console.log(JSON.stringify(node.fs.readdir(scratch.path("empty")).wait()));
// expect: []
node.fs.mkdir(scratch.path("full")).wait();
["b", "\u00fc\u20ac", "..c", ".d", "a b"].forEach(function (name) {
    scratch.file("full/" + name, "");
});
var names = node.fs.readdir(scratch.path("full")).wait();
console.log(names instanceof Array);                // expect: true
console.log(JSON.stringify(names.sort()));
// expect: ["..c",".d","a b","b","ü€"]
for (var i = 0; i < 500; i++)
    scratch.file("empty/" + i, "");
console.log(node.fs.readdir(scratch.path("empty")).wait().length);
// expect: 500
console.log(scratch.outcome(node.fs.readdir(scratch.path("full/b"))));
// expect: ENOTDIR Not a directory
