// SPDX-License-Identifier: MIT
// shards: 2
// A hundred times there and back, none of them a copy.
var shard = node.shard;
var next = (shard.id + 1) % shard.count;
var LENGTH = 1000000;
var bytes = new Uint8Array(LENGTH);
for (var i = 0; i < LENGTH; i++)
    bytes[i] = i * 7;
function isWhole(bytes) {
    for (var i = 0; i < LENGTH; i += 997)
        if (bytes[i] !== (i * 7 & 255))
            return false;
    return bytes.length === LENGTH;
}
shard.addListener("message", function (message, from) {
    var view = message.view;
    if (message.left < 0)
        return;
    if (!isWhole(view) || view.buffer !== message.buffer)
        console.log("not whole at", message.left);
    if (--message.left > 0)
        shard.send(from, message, [view.buffer]);
    else
        console.log("whole", message.left);
    if (message.left > 0 && (view.length > 0 || !message.buffer.detached))
        console.log("still here at", message.left);
});
console.log(shard.send(next, {view: bytes, buffer: bytes.buffer, left: 200},
                       [bytes.buffer]));
console.log(bytes.length, bytes.buffer.detached);
// One that is not in the message goes, too; several go.
var a = new ArrayBuffer(1), b = new ArrayBuffer(2), c = new ArrayBuffer(3);
shard.send(shard.id, {left: -1, a: a}, [a, b]);
console.log(a.detached, b.detached, c.detached);
// expect: true
// expect: 0 true
// expect: true true false
// expect: whole 0
