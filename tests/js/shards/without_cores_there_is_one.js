// SPDX-License-Identifier: MIT
console.log(node.shard.id, node.shard.count);       // expect: 0 1
