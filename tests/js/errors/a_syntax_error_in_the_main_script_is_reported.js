// SPDX-License-Identifier: MIT
// status: 1
// stderr: a_syntax_error_in_the_main_script_is_reported.js:7$
// stderr: ^var x = 5 5;$
// stderr: ^ +\^
// stderr: SyntaxError
var x = 5 5;
