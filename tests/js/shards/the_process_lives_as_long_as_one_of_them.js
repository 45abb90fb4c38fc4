// SPDX-License-Identifier: MIT
// options: --no-pin --cores 2
if (node.shard.id === 0)
    setTimeout(function () { console.log("late"); }, 500); // expect: late
process.addListener("exit", function () { console.log("exit"); });
// expect: exit
// expect: exit
