// SPDX-License-Identifier: MIT
// status: 1
// stderr: an_exception_in_a_listener_passes_wait_by.js:7$
// stderr: Error: in listener
var promise = new node.Promise();
setTimeout(function () {
    promise.addCallback(function () { throw new Error("in listener"); });
    promise.emitSuccess();
}, 1);
try {
    promise.wait();
    console.log("never");
} catch (error) {
    console.log("not here either");
}
