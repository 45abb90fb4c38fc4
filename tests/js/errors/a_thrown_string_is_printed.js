// SPDX-License-Identifier: MIT
// status: 1
// stderr: a_thrown_string_is_printed.js:7$
// stderr: ^throw "just text";$
// stderr: ^\^
// stderr: just text$
throw "just text";
