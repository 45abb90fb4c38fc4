// SPDX-License-Identifier: MIT
// Ten ticks of 100 ms, each of which takes 20.
include("/utils.js");
var start = Date.now(), ticks = 0;
setInterval(function () {
    var late = Date.now() - start - ++ticks * 100;
    if (late < 0 || late > 1000)
        puts("tick " + ticks + " is " + late + " ms late");
    for (var end = Date.now() + 20; Date.now() < end;);
    if (ticks === 10)
        clearInterval(this);
}, 100);
process.addListener("exit", function () { puts(ticks); }); // expect: 10
