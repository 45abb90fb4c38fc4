// SPDX-License-Identifier: MIT
// shards: 2
include("/utils.js");
process.addListener("exit", function () {
    puts("first " + arguments.length + (this === process));
});
process.addListener("exit", function () { puts("second"); });
setTimeout(function () { puts("timer"); }, 10);
// expect: timer
// expect: first 0true
// expect: second
