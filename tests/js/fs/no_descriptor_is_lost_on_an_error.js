// SPDX-License-Identifier: MIT
var scratch = require("../fixtures/scratch.js");
var write = require("/file.js").write;
var file = scratch.file("file", "x");
function everything() {
    scratch.outcome(node.fs.cat("/proc/self"));     // EISDIR when it is read
    scratch.outcome(node.fs.cat(file));
    scratch.outcome(node.fs.cat("/none/such"));
    scratch.outcome(node.fs.readdir("/"));
    scratch.outcome(node.fs.readdir(file));
    scratch.outcome(write("/dev/full", "x"));       // ENOSPC when it is written
    scratch.outcome(write(file, "x"));
    scratch.outcome(node.fs.open(file, node.O_DIRECTORY));
}
everything();
var before = scratch.descriptors();
for (var i = 0; i < 10; i++)
    everything();
console.log(scratch.descriptors() - before);        // expect: 0
