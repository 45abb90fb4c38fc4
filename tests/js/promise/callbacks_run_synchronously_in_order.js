// SPDX-License-Identifier: MIT
include("/utils.js");
var promise = new node.Promise;
puts(promise.addCallback(function (a, b) { puts("one " + a + b); }) === promise); // expect: true
puts(promise.addErrback(function () { puts("never"); }) === promise); // expect: true
promise.addCallback(function () { puts("two " + arguments.length); });
puts(promise.emitSuccess("x", "y"));
// expect: one xy
// expect: two 2
// expect: true
puts(promise instanceof node.EventEmitter);         // expect: true
