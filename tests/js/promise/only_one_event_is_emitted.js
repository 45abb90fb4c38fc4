// SPDX-License-Identifier: MIT
include("/utils.js");
var promise = new node.Promise();
promise.addCallback(function (x) { puts("success " + x); });
promise.addErrback(function (x) { puts("error " + x); });
puts(promise.emitSuccess(1));
// expect: success 1
// expect: true
puts(promise.emitSuccess(2));                       // expect: false
puts(promise.emitError(3));                         // expect: false
puts(promise.emit("success", 4));                   // expect: false
puts(promise.wait());                               // expect: 1
promise.addCallback(function () { puts("too late"); });
