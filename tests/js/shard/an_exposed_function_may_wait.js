// SPDX-License-Identifier: MIT
// shards: 3
// Each call goes on to the next shard, round and round, ten deep.
var shard = node.shard;
var next = (shard.id + 1) % shard.count;
shard.expose("deeper", function (depth) {
    if (depth === 0)
        throw new RangeError("the bottom");
    try {
        return 1 + shard.call(next, "deeper", depth - 1).wait();
    } catch (error) {
        if (depth === 5)
            return 0;
        throw error;
    }
});
var values = [];
setTimeout(function () {
    shard.call(next, "deeper", 10).addCallback(function (value) {
        values[0] = value;
    });
    shard.call(next, "deeper", 3).addErrback(function (error) {
        values[1] = error;
    });
});
process.addListener("exit", function () {
    console.log(values.join());     // expect: 5,RangeError: the bottom
});
