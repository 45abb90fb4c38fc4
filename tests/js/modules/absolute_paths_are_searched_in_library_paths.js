// SPDX-License-Identifier: MIT
include("/utils.js");
var here = __filename.replace(/modules\/[^\/]*$/, "");
puts(Array.isArray(node.libraryPaths));             // expect: true
puts(node.libraryPaths[node.libraryPaths.length - 1]); // expect: /
node.libraryPaths.unshift(here + "no/such/directory",
                          here + "modules/../fixtures/library_a",
                          here + "fixtures/library_b");
puts(require("/both.js").from);                     // expect: a
puts(require("/only_b.js").from);                   // expect: b
puts(require(here + "fixtures/circle.js").area(1)); // expect: 3.14
puts(require("/mjsunit.js").puts);                  // expect: shadowed
