// SPDX-License-Identifier: MIT
// The outer promise completes first, and must not be lost.
include("/utils.js");
var outer = new node.Promise(), inner = new node.Promise();
setTimeout(function () {
    puts("nested");
    inner.wait();
    puts("inner returned");
}, 1);
setTimeout(function () { puts("outer completes"); outer.emitSuccess(); }, 100);
setTimeout(function () { puts("inner completes"); inner.emitSuccess(); }, 200);
outer.wait();
puts("outer returned");
// expect: nested
// expect: outer completes
// expect: inner completes
// expect: inner returned
// expect: outer returned
