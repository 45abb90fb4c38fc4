#!/usr/bin/env node
// SPDX-License-Identifier: MIT
include("/utils.js");
puts("runs");                                       // expect: runs
// stderr: a_first_line_with_hash_bang_is_skipped.js:8$
// stderr: ^    nowhere\(\);$
// status: 1
    nowhere();
