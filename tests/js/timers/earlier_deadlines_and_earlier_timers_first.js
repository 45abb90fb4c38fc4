// SPDX-License-Identifier: MIT
include("/utils.js");
setTimeout(function () { puts("40"); }, 800);
setTimeout(function () { puts("20"); }, 400);
setTimeout(function () { puts("30"); }, 600);
for (var i = 0; i < 5; i++)
    setTimeout(puts.bind(null, "equal " + i), 200);
for (var end = Date.now() + 900; Date.now() < end;);
// expect: equal 0
// expect: equal 1
// expect: equal 2
// expect: equal 3
// expect: equal 4
// expect: 20
// expect: 30
// expect: 40
