// SPDX-License-Identifier: MIT
// status: 1
// stderr: the_exception_of_a_listener_is_reported_at_its_line.js:8$
// stderr: ^    missing\(\);$
// stderr: ReferenceError: missing is not defined
var emitter = new node.EventEmitter();
emitter.addListener("x", function () {
    missing();
});
emitter.addListener("x", function () { console.log("never"); });
emitter.emit("x");
