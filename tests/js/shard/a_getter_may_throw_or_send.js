// SPDX-License-Identifier: MIT
// shards: 2
var shard = node.shard;
var next = (shard.id + 1) % shard.count;
shard.addListener("message", function (message) {
    console.log(typeof message === "object" ? JSON.stringify(message) : message);
});
try {
    shard.send(next, {get x() { throw new RangeError("mine"); }});
} catch (error) {
    console.log(error.name, error.message); // expect: RangeError mine
}
try {
    shard.send(next, [{get x() { throw "a string"; }}]);
} catch (error) {
    console.log(error); // expect: a string
}
var buffer = new ArrayBuffer(8);
try {
    shard.send(next, {
        view: new Uint8Array(buffer),
        get x() { shard.send(next, "moved", [buffer]); }
    }, [buffer]);
} catch (error) {
    console.log(error.message); // expect: what is to be moved was changed by a getter
}
// expect: moved
shard.send(next, "first");                                  // expect: first
shard.send(next, {
    get a() { shard.send(next, "from the getter"); return 1; } // expect: from the getter
});                                                         // expect: {"a":1}
if (shard.count > 1)
    shard.broadcast({get b() { shard.broadcast("inside"); return 2; }});
else
    shard.send(0, "inside"), shard.send(0, {b: 2});
// expect: inside
// expect: {"b":2}
