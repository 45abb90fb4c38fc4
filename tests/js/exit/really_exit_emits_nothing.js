// SPDX-License-Identifier: MIT
// status: 3
process.addListener("exit", function () { console.log("never"); });
node.reallyExit(3);
console.log("never");
