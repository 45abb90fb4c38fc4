// SPDX-License-Identifier: MIT
// options: --expose-gc
include("/utils.js");
(function () {
    setTimeout(function () { puts("fires"); }, 50); // expect: fires
    new node.Timer().addListener("timeout", function () {
        puts("this too");                           // expect: this too
    }).start(60);
})();
gc();
setTimeout(gc, 1);
