// SPDX-License-Identifier: MIT
include("/utils.js");
var promise = new node.Promise();
promise.addCallback(function () { puts("listener"); });
setTimeout(function () { promise.emitSuccess(); }, 1);
promise.wait();
puts("after");
// expect: listener
// expect: after
