// SPDX-License-Identifier: MIT
// status: 1
// stderr: thrown_undefined_ends_the_process_too.js:5$
// stderr: undefined
throw undefined;
