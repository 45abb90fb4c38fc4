// SPDX-License-Identifier: MIT
include("/utils.js");
process.addListener("exit", function () {
    setTimeout(function () { puts("never"); }, 0);
    Promise.resolve().then(function () { puts("microtask"); });
    try {
        new node.Promise().wait();
    } catch (error) {
        puts(error.message);
    }
    puts("output");
});
// expect: promise.wait(): the process exits
// expect: output
// expect: microtask
