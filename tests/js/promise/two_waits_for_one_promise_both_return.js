// SPDX-License-Identifier: MIT
include("/utils.js");
var promise = new node.Promise();
setTimeout(function () { puts("inner " + promise.wait()); }, 1);
setTimeout(function () { promise.emitSuccess("value"); }, 100);
puts("outer " + promise.wait());
// expect: inner value
// expect: outer value
