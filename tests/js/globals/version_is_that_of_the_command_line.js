// SPDX-License-Identifier: MIT
include("/utils.js");
puts(/^\d+\.\d+\.\d+$/.test(node.version));         // expect: true
