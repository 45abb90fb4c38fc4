// SPDX-License-Identifier: MIT
include("/utils.js");
var fired = 0;
for (var round = 0; round < 5; round++) {
    var timers = [];
    for (var i = 0; i < 10000; i++)
        timers.push(setTimeout(function () { fired++; }, i % 50));
    for (var i = 0; i < 10000; i += 2)
        clearTimeout(timers[i]);
}
process.addListener("exit", function () { puts(fired); }); // expect: 25000
