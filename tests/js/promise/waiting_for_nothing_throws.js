// SPDX-License-Identifier: MIT
// shards: 2
include("/utils.js");
try {
    new node.Promise().wait();
} catch (error) {
    puts(error.message);
}
// expect: promise.wait(): nothing is left that could complete the promise
setTimeout(function () { puts("goes on"); }, 1);    // expect: goes on
