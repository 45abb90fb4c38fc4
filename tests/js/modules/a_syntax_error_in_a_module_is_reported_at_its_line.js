// SPDX-License-Identifier: MIT
// status: 1
// stderr: fixtures/no_syntax.js:2$
// stderr: ^var broken = ;$
// stderr: ^ +\^
// stderr: SyntaxError
require("../fixtures/no_syntax.js");
