// SPDX-License-Identifier: MIT
var shard = node.shard;
function says(f) {
    try {
        f();
        console.log("nothing");
    } catch (error) {
        console.log(error.name + ": " + error.message);
    }
}
says(function () { shard.send(1, "x"); });
// expect: RangeError: node.shard.send(): there is no shard 1, only 0 to 0
says(function () { shard.send(-1, "x"); });
// expect: RangeError: node.shard.send(): there is no shard -1, only 0 to 0
says(function () { shard.send(0.5, "x"); });
// expect: RangeError: node.shard.send(): there is no shard 0.5, only 0 to 0
says(function () { shard.send(4294967296, "x"); });
// expect: RangeError: node.shard.send(): there is no shard 4294967296, only 0 to 0
says(function () { shard.send("0", "x"); });
// expect: RangeError: node.shard.send(): there is no shard 0, only 0 to 0
says(function () { shard.send(); });
// expect: RangeError: node.shard.send(): there is no shard undefined, only 0 to 0
says(function () { shard.send(Symbol("s"), 1); });
// expect: RangeError: node.shard.send(): there is no shard Symbol(s), only 0 to 0
says(function () { shard.send(NaN, 1); });
// expect: RangeError: node.shard.send(): there is no shard NaN, only 0 to 0
says(function () { shard.call(7, "f"); });
// expect: RangeError: node.shard.call(): there is no shard 7, only 0 to 0
says(function () { shard.stats(7); });
// expect: RangeError: node.shard.stats(): there is no shard 7, only 0 to 0
says(function () { shard.expose("f"); });
// expect: TypeError: node.shard.expose(): 'f' needs a function
says(function () { shard.expose("f", "g"); });
// expect: TypeError: node.shard.expose(): 'f' needs a function
says(function () { shard.once("o"); });
// expect: TypeError: node.shard.once(): 'o' needs a function

// What is to be moved; nothing is when that throws.
var buffer = new ArrayBuffer(3), gone = new ArrayBuffer(1);
gone.transfer();
says(function () { shard.send(0, 1, buffer); });
// expect: TypeError: what is to be moved must be an array of ArrayBuffers
says(function () { shard.send(0, 1, [buffer, new Uint8Array(1)]); });
// expect: TypeError: what is to be moved: [1] is no ArrayBuffer
says(function () { shard.send(0, 1, [buffer, new SharedArrayBuffer(1)]); });
// expect: TypeError: what is to be moved: [1] is no ArrayBuffer
says(function () { shard.send(0, 1, [buffer, buffer]); });
// expect: TypeError: what is to be moved: [1] stands there twice
says(function () { shard.send(0, 1, [buffer, gone]); });
// expect: TypeError: what is to be moved: [1] was moved already
says(function () { shard.send(1, buffer, [buffer]); });
// expect: RangeError: node.shard.send(): there is no shard 1, only 0 to 0
says(function () { shard.send(0, [buffer, says], [buffer]); });
// expect: DataCloneError: node.shard.send(): message[1] is a function and cannot be cloned
console.log(buffer.byteLength); // expect: 3

says(function () { shard.shared("m", -1); });
// expect: RangeError: node.shard.shared(): a number of bytes is needed, not -1
says(function () { shard.shared("m", 1.5); });
// expect: RangeError: node.shard.shared(): a number of bytes is needed, not 1.5
says(function () { shard.shared("m", "4"); });
// expect: RangeError: node.shard.shared(): a number of bytes is needed, not 4
says(function () { shard.shared("m"); });
// expect: RangeError: node.shard.shared(): a number of bytes is needed, not undefined
says(function () { shard.shared("m", Math.pow(2, 53)); });
// expect: RangeError: node.shard.shared(): a number of bytes is needed, not 9007199254740992

// Which shards there are is nobody's to say.
shard.count = 9;
shard.id = 5;
delete shard.count;
says(function () { shard.send(5, 1); });
// expect: RangeError: node.shard.send(): there is no shard 5, only 0 to 0
console.log(shard.id, shard.count); // expect: 0 1
