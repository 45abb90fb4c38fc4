// SPDX-License-Identifier: MIT
var scratch = require("../fixtures/scratch.js");
var fifo = scratch.path("fifo");
node.createChildProcess("mkfifo " + fifo + " && { echo first; sleep 0.1; " +
                        "seq 50000; } >" + fifo);
(function wait() {
    node.fs.exists(fifo, function (exists) {
        if (!exists)
            return setTimeout(wait, 10);
        node.fs.cat(fifo).addCallback(function (text) {
            var lines = text.split("\n");
            console.log(lines[0], lines[50000], lines.length);
            // expect: first 50000 50002
        });
    });
})();
