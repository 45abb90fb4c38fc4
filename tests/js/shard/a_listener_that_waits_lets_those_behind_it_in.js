// SPDX-License-Identifier: MIT
// shards: 2
var shard = node.shard;
var next = (shard.id + 1) % shard.count;
var promise = new node.Promise();
var order = [];
shard.expose("called", function () { order.push("call"); });
shard.addListener("message", function (message) {
    order.push(message);
    if (message === 1)
        order.push(promise.wait());
    if (message === 4)
        promise.emitSuccess("waited");
});
for (var i = 0; i < 10; i++) {
    shard.send(next, i);
    if (i === 2)
        shard.call(next, "called");
}
process.addListener("exit", function () {
    console.log(order.filter(Number.isInteger).join());
    console.log(order.indexOf("call") === order.indexOf(2) + 1);
    console.log(order.indexOf("waited") > order.indexOf(4));
});
// expect: 0,1,2,3,4,5,6,7,8,9
// expect: true
// expect: true
