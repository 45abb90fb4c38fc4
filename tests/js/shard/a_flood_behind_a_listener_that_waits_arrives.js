// SPDX-License-Identifier: MIT
// shards: 2
// The wait ends with much more arrived than is delivered in a turn.
var shard = node.shard;
var next = (shard.id + 1) % shard.count;
var promise = new node.Promise();
var got = 0;
shard.addListener("message", function (message) {
    if (message === "wait")
        promise.wait();
    else if (message !== got++)
        console.log("message " + message + " is out of order");
    else if (message === 10)
        promise.emitSuccess();
});
setTimeout(function () {
    shard.send(next, "wait");
}, 50);
setTimeout(function () {
    for (var i = 0; i < 5000; i++)
        shard.send(next, i);
}, 100);
process.addListener("exit", function () {
    console.log(got); // expect: 5000
});
