// SPDX-License-Identifier: MIT
include("/utils.js");
function later() {
    var promise = new node.Promise(), values = arguments;
    setTimeout(function () { promise.emitSuccess.apply(promise, values); }, 1);
    return promise.wait();
}
puts(later() === undefined);                        // expect: true
puts(later(5));                                     // expect: 5
puts(later(null) === null);                         // expect: true
puts(JSON.stringify(later([1])));                   // expect: [1]
puts(JSON.stringify(later(1, "b", null)));          // expect: [1,"b",null]
puts(Array.isArray(later(1, 2)));                   // expect: true
