// SPDX-License-Identifier: MIT
include("/utils.js");
var ticks = 0;
setInterval(function () {
    ticks++;
    if (Date.now() < start + 100)
        return;
    var due = (Date.now() - start) / 10;
    puts(ticks <= due + 2 || ticks + " ticks, " + due + " were due");
    clearInterval(this);                            // expect: true
}, 10);
for (var end = Date.now() + 300; Date.now() < end;);
var start = Date.now();
