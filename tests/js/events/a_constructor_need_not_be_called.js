// SPDX-License-Identifier: MIT
include("/utils.js");
function Never() {}
Never.prototype = Object.create(node.EventEmitter.prototype);
function Old() {}
Old.prototype = new node.EventEmitter();
var called = {};
node.EventEmitter.call(called);
[new Never(), new Never(), new Old(), new Old()].forEach(function (x, i) {
    x.addListener("e", function (v) { puts(i + v); });
    x.emit("e", "!");
    puts(x.listeners("e").length);
});
// expect: 0!
// expect: 1
// expect: 1!
// expect: 1
// expect: 2!
// expect: 1
// expect: 3!
// expect: 1
