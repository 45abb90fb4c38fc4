// SPDX-License-Identifier: MIT
// options: --no-pin --cores 2
// status: 3
if (node.shard.id === 0)
    node.exit(3);
else
    setTimeout(function () { node.exit(4); }, 10000);
