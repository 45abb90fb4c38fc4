// SPDX-License-Identifier: MIT
// status: 1
// stderr: Error: in exit
process.addListener("exit", function () { throw new Error("in exit"); });
node.exit(7);
