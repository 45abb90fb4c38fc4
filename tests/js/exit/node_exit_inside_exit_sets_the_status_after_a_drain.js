// SPDX-License-Identifier: MIT
// status: 5
process.addListener("exit", function () { node.exit(5); });
