// SPDX-License-Identifier: MIT
// status: 1
// stderr: /an_uncaught_exception_shows_line_caret_and_stack.js:11$
// stderr: ^    throw new TypeError\("what happened"\);$
// stderr: ^    \^
// stderr: ^TypeError: what happened
// stderr: ^    at thrower \(.*/an_uncaught_exception_shows_line_caret_and_stack.js:11:11\)$
// stderr: an_uncaught_exception_shows_line_caret_and_stack.js:14:5\)$

function thrower() {
    throw new TypeError("what happened");
}
setTimeout(function () {
    thrower();
}, 1);
setTimeout(function () { console.log("never"); }, 1);
