// SPDX-License-Identifier: MIT
include("/utils.js");
puts(new node.EventEmitter().emit("error", new Error("x"))); // expect: false
