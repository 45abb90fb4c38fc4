// SPDX-License-Identifier: MIT
include("/utils.js");
var timer = setTimeout(function () {
    puts(this === timer);                           // expect: true
    puts(arguments.length);                         // expect: 0
    puts(this instanceof node.Timer);               // expect: true
}, 1);
var interval = setInterval(function () {
    puts(this === interval);                        // expect: true
    clearInterval(this);
}, 20);
