// SPDX-License-Identifier: MIT
include("/utils.js");
var emitter = new node.EventEmitter();
var list = emitter.listeners("x");
puts(list.length);                                  // expect: 0
emitter.addListener("x", function () { puts("a"); });
emitter.addListener("x", function () { puts("b"); });
puts(list.length + " " + (list === emitter.listeners("x"))); // expect: 2 true
list.splice(0, 1);
emitter.emit("x");                                  // expect: b
list.unshift("no function", undefined);
emitter.emit("x");                                  // expect: b
