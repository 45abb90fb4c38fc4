// SPDX-License-Identifier: MIT
// status: 1
// stderr: an_exception_in_exit_skips_the_rest.js:8$
// stderr: Error: in exit
include("/utils.js");
process.addListener("exit", function () {
    puts("first");                                  // expect: first
    throw new Error("in exit");
});
process.addListener("exit", function () { puts("never"); });
