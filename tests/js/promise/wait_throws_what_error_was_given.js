// SPDX-License-Identifier: MIT
include("/utils.js");
function later() {
    var promise = new node.Promise(), values = arguments;
    setTimeout(function () { promise.emitError.apply(promise, values); }, 1);
    try {
        promise.wait();
        puts("returned");
    } catch (error) {
        return error;
    }
}
puts(later("text"));                                // expect: text
puts(later(404, "more"));                           // expect: 404
var error = new Error("x");
puts(later(error) === error);                       // expect: true
puts(later().message);
// expect: Promise completed with error (No arguments given.)
puts(later(0) instanceof Error);                    // expect: true
