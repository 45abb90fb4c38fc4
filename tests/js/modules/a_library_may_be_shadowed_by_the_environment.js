// SPDX-License-Identifier: MIT
// environment: NODE_LIBRARY_PATHS=/no/such/dir::/tmp
var utils = require("/utils.js");
utils.puts(node.libraryPaths.slice(0, 2).join());   // expect: /no/such/dir,/tmp
