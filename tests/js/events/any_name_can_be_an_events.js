// SPDX-License-Identifier: MIT
include("/utils.js");
var emitter = new node.EventEmitter();
["__proto__", "constructor", "toString", "hasOwnProperty", "1"]
    .forEach(function (name) {
        puts(emitter.emit(name));
        emitter.addListener(name, function () { puts(name); });
        emitter.emit(name);
    });
// expect: false
// expect: __proto__
// expect: false
// expect: constructor
// expect: false
// expect: toString
// expect: false
// expect: hasOwnProperty
// expect: false
// expect: 1
puts(JSON.stringify(emitter));                      // expect: {}
