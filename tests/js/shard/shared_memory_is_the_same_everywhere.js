// SPDX-License-Identifier: MIT
// shards: 4
var shard = node.shard;
var ADDS = 20000;
var counter = new Int32Array(shard.shared("counter", 8));
for (var i = 0; i < ADDS; i++)
    Atomics.add(counter, 0, 1);
console.log(shard.shared("counter", 8) === counter.buffer); // expect: true
console.log(shard.shared("zeroed", 100000).byteLength,
            new Uint8Array(shard.shared("zeroed", 100000)).some(Boolean));
// expect: 100000 false
console.log(shard.shared("empty", 0).byteLength);           // expect: 0
function says(name, length) {
    try {
        console.log(shard.shared(name, length).byteLength);
    } catch (error) {
        console.log(error.name + ": " + error.message);
    }
}
says("counter", 4);
// expect: RangeError: shared memory 'counter' has 8 bytes already, not 4
says("empty", 1);
// expect: RangeError: shared memory 'empty' has 0 bytes already, not 1
says("counter", 8);         // expect: 8
says(undefined, 3);         // expect: 3
says("undefined", 3);       // expect: 3
says("a\0b", 3);            // expect: 3
says("a", 5);               // expect: 5
// A message takes it along.
shard.addListener("message", function (message) {
    if (Atomics.add(message.counter, 1, 1) === shard.count - 1)
        shard.callAll("total");
});
shard.expose("total", function () {
    console.log(counter[0] === shard.count * ADDS, counter[1] === shard.count);
    // expect: true true
});
shard.send((shard.id + 1) % shard.count, {counter: counter});
