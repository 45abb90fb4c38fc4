// SPDX-License-Identifier: MIT
// shards: 2
var shard = node.shard;
var next = (shard.id + 1) % shard.count;
var came = [];
function listener(message) {
    came.push(message);
    if (message % 3 === 0) {
        shard.listeners("message").splice(0, 1);
        setTimeout(function () { shard.addListener("message", listener); }, 1);
    }
}
shard.addListener("message", listener);
for (var i = 0; i < 100; i++)
    shard.send(next, i);
process.addListener("exit", function () {
    console.log(came.length, came.every(function (n, i) { return n === i; }));
    // expect: 100 true
});
