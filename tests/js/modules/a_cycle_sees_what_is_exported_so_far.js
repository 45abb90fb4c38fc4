// SPDX-License-Identifier: MIT
include("/utils.js");
var a = require("../fixtures/cycle_a.js");
puts(a.b.sawEarly);                                 // expect: a's early
puts(a.b.sawLate);                                  // expect: undefined
puts(a.b.seesLate());                               // expect: a's late
puts(node.loadingModules.length);                   // expect: 1
