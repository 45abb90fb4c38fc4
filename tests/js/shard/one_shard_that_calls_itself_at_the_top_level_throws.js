// SPDX-License-Identifier: MIT
node.shard.expose("f", function () { return "called"; });
try {
    node.shard.call(0, "f").wait();
} catch (error) {
    console.log(error.message);
    // expect: promise.wait(): nothing is left that could complete the promise
}
node.shard.call(0, "f").addCallback(console.log);
// expect: called
