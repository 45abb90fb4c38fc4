// SPDX-License-Identifier: MIT
include("/utils.js");
var prototype = new node.EventEmitter();
prototype.addListener("e", function () { puts("the prototype's"); });
function Child() {}
Child.prototype = prototype;
var a = new Child(), b = new Child();
a.addListener("e", function () { puts("a"); });
b.addListener("e", function () { puts("b"); });
a.emit("e");                                        // expect: a
b.emit("e");                                        // expect: b
prototype.emit("e");                                // expect: the prototype's
