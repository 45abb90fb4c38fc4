// SPDX-License-Identifier: MIT
include("/utils.js");
var called = false;
var promise = require_async("../fixtures/circle.js");
puts(promise instanceof node.Promise);              // expect: true
include_async("../fixtures/scopes.js").addCallback(function (exports) {
    puts(exports.byThis + " " + byThis);
});
setTimeout(function () { puts("timer"); }, 50);
promise.addCallback(function (circle) {
    called = true;
    puts(circle.area(1));
});
puts(called);
// expect: false
// expect: 3.14
// expect: true true
// expect: timer
