// SPDX-License-Identifier: MIT
// options: --cores 2
node.shard.expose("f", function () { return "called"; });
function wait() {
    try {
        return node.shard.call(1 - node.shard.id, "f").wait();
    } catch (error) {
        return error.message;
    }
}
var first = wait();
if (first !== "called")
    node.shard.send(0, "thrown");
var thrown = 0;
node.shard.addListener("message", function () { thrown++; });
process.addListener("exit", function () {
    // One is enough: then its top level has run, and it answers the other.
    if (node.shard.id === 0)
        console.log(thrown > 0);    // expect: true
});
