// SPDX-License-Identifier: MIT
include("/utils.js");
var open = 0;
function nest() {
    if (open++ < 5)
        setTimeout(nest, 10);
    var promise = new node.Promise(), start = new Date();
    setTimeout(function () {
        var took = new Date() - start;
        puts(took >= 300 && took < 300 + 2000);
        promise.emitSuccess();
    }, 300);
    promise.wait();
}
nest();
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
// expect: true
