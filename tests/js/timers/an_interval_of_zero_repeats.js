// SPDX-License-Identifier: MIT
include("/utils.js");
var ticks = 0;
setInterval(function () {
    if (++ticks === 5) {
        puts("five");                               // expect: five
        clearInterval(this);
    }
}, 0);
setInterval(function () { clearTimeout(this); });
