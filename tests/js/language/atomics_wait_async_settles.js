// SPDX-License-Identifier: MIT
include("/utils.js");
var cells = new Int32Array(new SharedArrayBuffer(4));
Atomics.waitAsync(cells, 0, 0, 50).value.then(puts);
// expect: throws
// expect: timed-out
setTimeout(function () {
    Atomics.waitAsync(cells, 0, 0).value.then(puts); // expect: ok
    Atomics.notify(cells, 0);
}, 150);
try { Atomics.wait(cells, 0, 0); } catch (e) { puts("throws"); }
