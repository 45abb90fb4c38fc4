// SPDX-License-Identifier: MIT
// options: --cores 2
// status: 4
include("/utils.js");
process.addListener("exit", function () { puts("exit"); });
setInterval(function () {}, 1000);
if (node.shard.id === 0)
    setTimeout(function () { node.exit(4); }, 2000);
else
    new node.Promise().wait();
// expect: exit
// expect: exit
