// SPDX-License-Identifier: MIT
include("/utils.js");
puts(node.path.dirname("/a/b"));                    // expect: /a
puts(node.path.dirname("a"));                       // expect: .
puts(node.path.dirname("a/b"));                     // expect: ./a
puts("[" + node.path.dirname("/a") + "]");          // expect: []
puts(node.path.dirname("../a/b"));                  // expect: ../a
puts(node.path.filename("/a/b"));                   // expect: b
puts("[" + node.path.filename("/a/b/") + "]");      // expect: []
puts(node.path.filename("a"));                      // expect: a
