// SPDX-License-Identifier: MIT
// options: --cores 2
// Shard 0 has no top level that waits, so it answers.
var shard = node.shard;
shard.expose("double", function (x) { return 2 * x; });
if (shard.id === 1) {
    var x = 1;
    for (var i = 0; i < 10; i++)
        x = shard.call(0, "double", x).wait();
    console.log(x);                                     // expect: 1024
    console.log(shard.stats(0).wait().sent >= 10);      // expect: true
    console.log(shard.once("o", function () { return "once"; }).wait());
    // expect: once
}
