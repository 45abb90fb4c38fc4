// SPDX-License-Identifier: MIT
// status: 1
// stderr: an_exception_in_a_callback_ends_the_process.js:7$
// stderr: Error: mine
process.addListener("exit", function () { console.log("never"); });
node.fs.stat("/").addCallback(function () {
    throw new Error("mine");
}).addCallback(function () { console.log("never"); });
