// SPDX-License-Identifier: MIT
include("/utils.js");
var ticks = 0;
var interval = setInterval(function () { ticks++; }, 10);
for (var end = Date.now() + 300; Date.now() < end;);
setTimeout(function () {
    puts(ticks >= 1 && ticks < 15);                 // expect: true
    clearInterval(interval);
}, 0);
