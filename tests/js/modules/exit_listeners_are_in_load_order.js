// SPDX-License-Identifier: MIT
include("/utils.js");
process.addListener("exit", function () { puts("first"); });
require("../fixtures/exits.js");
process.addListener("exit", function () { puts("last"); });
// expect: first
// expect: from the module
// expect: last
