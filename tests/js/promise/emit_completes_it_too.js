// SPDX-License-Identifier: MIT
include("/utils.js");
var promise = new node.Promise();
promise.addCallback(function (x) { puts("success " + x); });
setTimeout(function () { promise.emit("success", 7); }, 1);
puts(promise.wait());
// expect: success 7
// expect: 7
var failing = new node.Promise();
failing.emit("error", "bad");
try { failing.wait(); } catch (e) { puts(e); }      // expect: bad
var other = new node.Promise();
other.addListener("x", function (v) { puts("other " + v); });
puts(other.emit("x", 1));
// expect: other 1
// expect: true
