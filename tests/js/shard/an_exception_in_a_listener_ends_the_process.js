
// options: --cores 2
// status: 1
// stderr: ^node: uncaught exception on shard 1$
// stderr: an_exception_in_a_listener_ends_the_process.js:[0-9]+$
// stderr: throw new Error\("of a listener"\);
// stderr: \^
// stderr: ^Error: of a listener$
process.addListener("exit", function () { console.log("never"); });
node.shard.addListener("message", function () {
    throw new Error("of a listener");
});
node.shard.addListener("message", function () { console.log("never"); });
if (node.shard.id === 0)
    node.shard.send(1, "x");
