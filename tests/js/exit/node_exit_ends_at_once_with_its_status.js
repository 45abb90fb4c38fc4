// SPDX-License-Identifier: MIT
// status: 42
include("/utils.js");
process.addListener("exit", function () { puts("listener"); });
try {
    puts("before");                                 // expect: before
    // expect: listener
    node.exit(42);
    puts("after");
} catch (error) {
    puts("caught");
} finally {
    puts("finally");
}
puts("after");
