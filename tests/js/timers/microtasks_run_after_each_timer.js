// SPDX-License-Identifier: MIT
include("/utils.js");
for (var i = 0; i < 2; i++)
    setTimeout(function (i) {
        puts("timer " + i);
        Promise.resolve().then(puts.bind(null, "micro " + i));
    }.bind(null, i), 1);
for (var end = Date.now() + 10; Date.now() < end;);
// expect: timer 0
// expect: micro 0
// expect: timer 1
// expect: micro 1
