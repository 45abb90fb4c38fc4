// SPDX-License-Identifier: MIT
// environment: HOME=/home/somebody
include("/utils.js");
var prefix = ARGV[0].replace(/\/[^\/]*$/, "").replace(/\/bin$/, "");
puts(node.installPrefix === prefix);                // expect: true
puts(node.libraryPaths[0]);       // expect: /home/somebody/.node_libraries
puts(node.libraryPaths[1] === prefix + "/lib/node_libraries"); // expect: true
puts(node.libraryPaths.length);                     // expect: 3
