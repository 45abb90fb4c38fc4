// SPDX-License-Identifier: MIT
include("/utils.js");
var branch = require("../fixtures/deep/branch.js");
puts(branch.plain.name);                            // expect: leaf
puts(branch.plain === branch.dotted);               // expect: true
puts(branch.above === require("./../fixtures/deep/../circle.js")); // expect: true
puts(branch.later("er/leaf.js") === branch.plain);  // expect: true
setTimeout(function () {
    puts(branch.later("./er/leaf.js").name);        // expect: leaf
    branch.laterAsync("er/leaf.js").addCallback(function (leaf) {
        puts(leaf.name);                            // expect: leaf
    });
}, 1);
