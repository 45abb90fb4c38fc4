// SPDX-License-Identifier: MIT
include("/utils.js");
var emitter = new node.EventEmitter();
emitter.addListener("x", function () { throw new Error("thrown"); });
try { emitter.emit("x"); } catch (e) { puts(e.message); } // expect: thrown
