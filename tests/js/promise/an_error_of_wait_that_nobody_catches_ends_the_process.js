// SPDX-License-Identifier: MIT
// status: 1
// stderr: an_error_of_wait_that_nobody_catches_ends_the_process.js:9$
// stderr: ^ *failed\.wait\(\);$
// stderr: Error: gone
var failed = new node.Promise();
failed.emitError(new Error("gone"));
process.addListener("exit", function () { console.log("never"); });
    failed.wait();
console.log("never");
