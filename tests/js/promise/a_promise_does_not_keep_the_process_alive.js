// SPDX-License-Identifier: MIT
include("/utils.js");
new node.Promise().addCallback(function () { puts("never"); });
process.addListener("exit", function () { puts("ends"); }); // expect: ends
