// SPDX-License-Identifier: MIT
include("/utils.js");
var promise = new node.Promise();
Promise.resolve().then(function () { promise.emitSuccess("micro"); });
puts(promise.wait());                               // expect: micro
var second = new node.Promise();
setTimeout(function () {
    Promise.resolve(1).then(function (x) { second.emitSuccess(x + 1); });
}, 1);
puts(second.wait());                                // expect: 2
