// SPDX-License-Identifier: MIT
include("/utils.js");
setTimeout(function () { puts("missing"); });
setTimeout(function () { puts("zero"); }, 0);
setTimeout(function () { puts("negative"); }, -5);
setTimeout(function () { puts("text"); }, "soon");
puts("synchronous");
// expect: synchronous
// expect: missing
// expect: zero
// expect: negative
// expect: text
