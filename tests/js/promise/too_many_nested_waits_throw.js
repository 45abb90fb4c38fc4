// SPDX-License-Identifier: MIT
include("/utils.js");
var open = 0, failed = 0, release = new node.Promise();
function nest() {
    try {
        release.wait();
    } catch (error) {
        failed++;
        if (failed === 1)
            puts(error.message);
    }
}
for (var i = 0; i < 70; i++)
    setTimeout(nest, 1);
setTimeout(function () { release.emitSuccess(); }, 100);
release.wait();
puts(failed);
// expect: promise.wait(): more than 64 are nested
// expect: 7
