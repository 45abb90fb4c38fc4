// SPDX-License-Identifier: MIT
include("/utils.js");
[new node.Promise(), process, new node.Timer()].forEach(function (x) {
    puts(x instanceof node.EventEmitter);
});
// expect: true
// expect: true
// expect: true
