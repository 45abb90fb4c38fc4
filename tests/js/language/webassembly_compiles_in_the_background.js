// SPDX-License-Identifier: MIT
include("/utils.js");
var bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 127,
    127, 1, 127, 3, 2, 1, 0, 7, 7, 1, 3, 97, 100, 100, 0, 0, 10, 9, 1, 7, 0,
    32, 0, 32, 1, 106, 11]);
WebAssembly.instantiate(bytes).then(function (result) {
    puts(result.instance.exports.add(2, 3));        // expect: 5
    // From a timer too, with nothing else to live for.
    setTimeout(function () {
        WebAssembly.compile(bytes).then(function (module) {
            puts(module instanceof WebAssembly.Module); // expect: true
        });
    }, 1);
});
