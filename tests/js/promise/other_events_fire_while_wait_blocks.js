// SPDX-License-Identifier: MIT
include("/utils.js");
var ticks = 0;
var ticking = setInterval(function () { ticks++; }, 5);
var promise = new node.Promise();
setTimeout(function () { promise.emitSuccess(); }, 200);
promise.wait();
clearInterval(ticking);
puts(ticks > 0);                                    // expect: true
