// SPDX-License-Identifier: MIT
include("/utils.js");
var join = node.path.join;
puts(join("a", "b"));                               // expect: a/b
puts(join("/a/", "/b/", "c"));                      // expect: /a/b/c
puts(join("a", "../b"));                            // expect: a/../b
puts(join("a"));                                    // expect: a/
puts("[" + join() + "]");                           // expect: []
puts(join("./a", ".", "./b", "c.js"));              // expect: a/b/c.js
puts(join("a//", "//b"));                           // expect: a/b
puts(join("/", "b"));                               // expect: /b
