// SPDX-License-Identifier: MIT
// within: manual
include("asserts.js");

var timer_executed = false;

setTimeout(function () {
  timer_executed = true
}, 1000);

process.addListener("exit", function () {
  assertTrue(timer_executed);
});

process.addListener("exit", function () { console.log(timer_executed); });
// expect: true
