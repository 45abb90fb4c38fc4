// SPDX-License-Identifier: MIT
include("/utils.js");
var levels = 30, open = 0, returned = 0;
function nest() {
    if (++open < levels)
        setTimeout(nest, 1);
    var promise = new node.Promise();
    setTimeout(function () { promise.emitSuccess(); }, 500);
    promise.wait();
    returned++;
}
var start = Date.now();
nest();
puts(returned);                                     // expect: 30
puts(Date.now() - start >= 500);                    // expect: true
puts(Date.now() - start < 30 * 500);                // expect: true
