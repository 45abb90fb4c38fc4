// SPDX-License-Identifier: MIT
include("/utils.js");
var first = require("../fixtures/counted.js");
puts(first === require("./../fixtures/counted.js")); // expect: true
include("../fixtures/counted.js");
puts(loads);                                        // expect: 1
var filename = __filename.replace(/modules.[^\/]*$/, "fixtures/counted.js");
puts(require(filename) === first);                  // expect: true
puts(node.Module.cache[filename].exports === first); // expect: true
