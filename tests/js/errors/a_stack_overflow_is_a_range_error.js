// SPDX-License-Identifier: MIT
include("/utils.js");
function deeper() { return deeper() + 1; }
try { deeper(); } catch (e) { puts(e instanceof RangeError); } // expect: true
var promise = new node.Promise();
setTimeout(function () {
    try { deeper(); } catch (e) { puts(e instanceof RangeError); } // expect: true
    promise.emitSuccess();
}, 1);
promise.wait();
