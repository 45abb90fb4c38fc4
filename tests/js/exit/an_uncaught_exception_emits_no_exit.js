// SPDX-License-Identifier: MIT
// status: 1
// stderr: Error: uncaught
process.addListener("exit", function () { console.log("never"); });
setTimeout(function () { console.log("never"); }, 10);
throw new Error("uncaught");
