// SPDX-License-Identifier: MIT
include("/utils.js");
var emitter = new node.EventEmitter();
emitter.addListener("newListener", function (event, listener) {
    puts(event + " " + (typeof listener) + " " +
         emitter.listeners(event).length + " " + (this === emitter));
});
emitter.addListener("x", function () {});           // expect: x function 0 true
emitter.addListener("x", function () {});           // expect: x function 1 true
emitter.addListener("newListener", function () {}); // expect: newListener function 1 true
