// SPDX-License-Identifier: MIT
include("/utils.js");
var emitter = new node.EventEmitter();
emitter.addListener("x", function () {
    puts("first " + Array.prototype.join.call(arguments, ","));
    puts(this === emitter);
});
emitter.addListener("x", function () { puts("second " + arguments.length); });
[[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4, 5]].forEach(function (values) {
    emitter.emit.apply(emitter, ["x"].concat(values));
});
// expect: first 
// expect: true
// expect: second 0
// expect: first 1
// expect: true
// expect: second 1
// expect: first 1,2
// expect: true
// expect: second 2
// expect: first 1,2,3
// expect: true
// expect: second 3
// expect: first 1,2,3,4,5
// expect: true
// expect: second 5
