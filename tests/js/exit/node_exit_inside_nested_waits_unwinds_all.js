// SPDX-License-Identifier: MIT
// status: 6
include("/utils.js");
function level(n) {
    setTimeout(function () {
        if (n === 5)
            node.exit(6);
        level(n + 1);
    }, 1);
    try {
        new node.Promise().wait();
    } finally {
        puts("finally");
    }
    puts("after");
}
process.addListener("exit", function () { puts("exit"); }); // expect: exit
setInterval(function () {}, 1000);
level(0);
