// SPDX-License-Identifier: MIT
include("/utils.js");
function hopeless(name) {
    try {
        new node.Promise().wait();
    } catch (error) {
        puts(name);
    }
}
setTimeout(function () { hopeless("inner"); }, 1);
hopeless("outer");
// expect: inner
// expect: outer
