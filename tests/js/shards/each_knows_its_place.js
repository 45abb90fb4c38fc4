// SPDX-License-Identifier: MIT
// options: --no-pin --cores 2
console.log(node.shard.count + " " + (node.shard.id >= 0 && node.shard.id < 2));
// expect: 2 true
// expect: 2 true
