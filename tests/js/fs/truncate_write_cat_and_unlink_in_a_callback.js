// SPDX-License-Identifier: MIT
var scratch = require("../fixtures/scratch.js");
var name = scratch.file("file", "a longer text than the other");
var flags = node.O_WRONLY | node.O_TRUNC | node.O_CREAT;
node.fs.open(name, flags, 0644).addCallback(function (fd) {
    node.fs.write(fd, "\u00fcber", 0, "utf8").addCallback(function (written) {
        console.log(written);                       // expect: 5
        node.fs.close(fd).addCallback(function () {
            node.fs.cat(name, "utf8").addCallback(function (text) {
                console.log(text);                  // expect: über
                node.fs.unlink(name).wait();
                console.log(scratch.outcome(node.fs.stat(name)));
                // expect: ENOENT No such file or directory
            });
        });
    });
});
