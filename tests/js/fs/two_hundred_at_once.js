// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var left = 200, wrong = 0;
function check(i) {
    node.fs.cat(scratch.path("file" + i)).addCallback(function (text) {
        if (text !== "content of " + i)
            wrong++;
        node.fs.unlink(scratch.path("file" + i)).addCallback(function () {
            if (--left === 0)
                console.log("all", wrong);          // expect: all 0
        });
    });
}
function create(i) {
    node.fs.open(scratch.path("file" + i), node.O_CREAT | node.O_WRONLY)
        .addCallback(function (fd) {
            node.fs.write(fd, "content of " + i, 0).addCallback(function () {
                node.fs.close(fd).addCallback(function () { check(i); });
            });
        });
}
for (var i = 0; i < 200; i++)
    create(i);
