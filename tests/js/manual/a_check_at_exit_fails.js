// SPDX-License-Identifier: MIT
// within: manual
// The same with a timer that cannot fire before the end.
include("asserts.js");

var timer_executed = false;

clearTimeout(setTimeout(function () {
  timer_executed = true
}, 1000));

process.addListener("exit", function () {
  assertTrue(timer_executed);
});
// status: 1
// stderr: assertion error
