// SPDX-License-Identifier: MIT
include("/utils.js");
var promise = new node.Promise();
promise.addCallback(function () { puts("never"); });
promise.addErrback(function (a, b) { puts("error " + a + b); });
promise.emitError(1, 2);                            // expect: error 12
puts(new node.Promise().emitError("silent"));       // expect: false
