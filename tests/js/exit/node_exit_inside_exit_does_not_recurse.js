// SPDX-License-Identifier: MIT
// status: 9
include("/utils.js");
var times = 0;
process.addListener("exit", function () {
    puts("exit " + ++times);                        // expect: exit 1
    node.exit(9);
    puts("after");
});
node.exit(3);
