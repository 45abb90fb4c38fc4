// SPDX-License-Identifier: MIT
// Nothing else keeps the process alive.
include("/utils.js");
var cells = new Int32Array(new SharedArrayBuffer(4));
try {
    Atomics.wait(cells, 0, 0);
} catch (error) {
    puts(error instanceof TypeError);               // expect: true
}
Atomics.waitAsync(cells, 0, 0, 200).value.then(function (result) {
    puts(result);                                   // expect: timed-out
    Atomics.waitAsync(cells, 0, 0).value.then(puts); // expect: ok
    Atomics.notify(cells, 0);
});
