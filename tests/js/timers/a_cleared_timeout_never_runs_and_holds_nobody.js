// SPDX-License-Identifier: MIT
include("/utils.js");
var timer = setTimeout(function () { puts("never"); }, 100000);
clearTimeout(timer);
clearTimeout(timer);
clearTimeout(undefined);
clearTimeout(null);
clearTimeout(5);
clearTimeout({});
clearTimeout();
puts(clearTimeout === clearInterval);               // expect: true
var fired = setTimeout(function () { puts("fired"); }, 1); // expect: fired
setTimeout(function () { clearTimeout(fired); puts("done"); }, 20); // expect: done
