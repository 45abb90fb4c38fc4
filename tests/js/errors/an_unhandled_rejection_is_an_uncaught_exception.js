// SPDX-License-Identifier: MIT
// status: 1
// stderr: an_unhandled_rejection_is_an_uncaught_exception.js:6$
// stderr: Error: nobody cares
setTimeout(function () {
    Promise.reject(new Error("nobody cares"));
}, 1);
setTimeout(function () { console.log("never"); }, 20);
process.addListener("exit", function () { console.log("never"); });
