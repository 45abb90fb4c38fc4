// SPDX-License-Identifier: MIT
include("/utils.js");
var second;
setTimeout(function () {
    puts("first");                                  // expect: first
    clearTimeout(second);
}, 10);
second = setTimeout(function () { puts("never"); }, 10);
var end = Date.now() + 50;
while (Date.now() < end);
