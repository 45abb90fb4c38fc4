// SPDX-License-Identifier: MIT
include("/utils.js");
function Child() {}
node.inherits(Child, node.EventEmitter);
puts(new Child() instanceof node.EventEmitter);     // expect: true
puts(new Child().constructor === Child);            // expect: true
puts(Child.super_ === node.EventEmitter.prototype); // expect: true
Child.prototype.own = true;
puts(node.EventEmitter.prototype.own === undefined); // expect: true
