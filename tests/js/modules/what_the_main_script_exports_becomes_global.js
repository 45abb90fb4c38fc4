// SPDX-License-Identifier: MIT
include("/utils.js");
exports.exported = "yes";
puts(typeof exported);                              // expect: undefined
setTimeout(function () { puts(exported); }, 1);     // expect: yes
