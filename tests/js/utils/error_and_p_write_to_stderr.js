// SPDX-License-Identifier: MIT
// stderr: ^to stderr$
// stderr: ^\{"a":1\}$
// stderr: ^5$
var utils = require("/utils.js");
utils.error("to stderr");
utils.p({ a: 1 });
utils.error(5);
