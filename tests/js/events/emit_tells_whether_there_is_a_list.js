// SPDX-License-Identifier: MIT
include("/utils.js");
var emitter = new node.EventEmitter();
puts(emitter.emit("x"));                            // expect: false
emitter.listeners("x");
puts(emitter.emit("x"));                            // expect: true
puts(emitter.emit("y", 1));                         // expect: false
try { emitter.emit(); } catch (e) { puts(e instanceof TypeError); } // expect: true
