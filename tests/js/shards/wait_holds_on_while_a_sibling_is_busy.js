// SPDX-License-Identifier: MIT
// options: --no-pin --cores 2
// A wait that only looks hopeless from its own shard is still a wait: what
// decides is that every shard is idle.
if (node.shard.id === 0) {
    setTimeout(function () { console.log("sibling is done"); }, 2000);
} else {
    try {
        new node.Promise().wait();
    } catch (error) {
        console.log("given up");
    }
}
// expect: sibling is done
// expect: given up
