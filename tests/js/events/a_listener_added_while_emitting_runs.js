// SPDX-License-Identifier: MIT
include("/utils.js");
var emitter = new node.EventEmitter();
var times = 0;
emitter.addListener("x", function () {
    puts("outer");
    if (times++ < 2)
        emitter.addListener("x", function () { puts("added"); });
});
emitter.emit("x");
// expect: outer
// expect: added
