// SPDX-License-Identifier: MIT
include("/utils.js");
puts((0, eval)('require("../fixtures/circle.js").area(1)')); // expect: 3.14
puts(typeof globalThis.include_async);              // expect: function
