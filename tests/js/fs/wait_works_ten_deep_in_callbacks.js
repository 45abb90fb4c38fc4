// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var name = scratch.file("file", "text");
var ticks = 0;
var ticking = setInterval(function () { ticks++; }, 1);
function descend(level) {
    if (level === 0) {
        while (ticks < 3) // timers go on meanwhile
            node.fs.stat(name).wait();
        return;
    }
    var inside = new node.Promise();
    node.fs.stat(name).addCallback(function (stats) {
        descend(level - 1);
        inside.emitSuccess();
    });
    inside.wait();
    console.log(level, node.fs.cat(name).wait());
}
descend(10);
clearInterval(ticking);
// expect: 1 text
// expect: 2 text
// expect: 3 text
// expect: 4 text
// expect: 5 text
// expect: 6 text
// expect: 7 text
// expect: 8 text
// expect: 9 text
// expect: 10 text
