// SPDX-License-Identifier: MIT
include("/utils.js");
var start = new Date();
[1, 10, 33, 100, 250].forEach(function (delay) {
    setTimeout(function () {
        puts(delay + " " + (new Date() - start >= delay));
    }, delay);
});
// expect: 1 true
// expect: 10 true
// expect: 33 true
// expect: 100 true
// expect: 250 true
