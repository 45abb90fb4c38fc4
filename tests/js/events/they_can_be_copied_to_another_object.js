// SPDX-License-Identifier: MIT
// As programs mix objects: by for-in.
include("/utils.js");
function mix(target, source) {
    for (var name in source)
        target[name] = source[name];
    return target;
}
var mixed = mix({}, node.EventEmitter.prototype);
puts(Object.keys(mixed).sort());                    // expect: addListener,emit,listeners
mixed.addListener("e", function (x) { puts(x, this === mixed); });
puts(mixed.emit("e", "it emits"));
puts(mixed instanceof node.EventEmitter);
// expect: it emits
// expect: true
// expect: false

// Listeners are nobody's property, so that none is copied.
var keys = [];
for (var name in mix({}, mixed))
    keys.push(name);
puts(keys.sort());                                  // expect: addListener,emit,listeners
puts(mix({}, mixed).emit("e", "not copied"));       // expect: false
