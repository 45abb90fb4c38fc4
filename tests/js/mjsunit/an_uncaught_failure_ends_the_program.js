// SPDX-License-Identifier: MIT
// status: 1
// stderr: ^Failure \(sum\): expected <3> found <2>
// stderr: an_uncaught_failure_ends_the_program.js:7
include("/mjsunit.js");
assertEquals(2, 1 + 1);
assertEquals(3, 1 + 1, "sum");
