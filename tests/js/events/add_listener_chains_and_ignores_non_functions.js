// SPDX-License-Identifier: MIT
include("/utils.js");
var emitter = new node.EventEmitter();
puts(emitter.addListener("x", 1).addListener("x", null) === emitter); // expect: true
puts(emitter.listeners("x").length);                // expect: 0
puts(emitter.addListener("x", puts) === emitter);   // expect: true
puts(emitter.listeners("x").length);                // expect: 1
