// SPDX-License-Identifier: MIT
// shards: 4
// The shell dies, cat lives on with its pipes.  It ends because our end of
// stdin is closed, and no other child has it open.
var child = node.createChildProcess("echo ready; cat; echo never");
var others = [node.createChildProcess("cat"), node.createChildProcess("cat")];
child.addListener("output", function (data) {
    if (data === "ready\n")
        child.kill(node.SIGKILL);
    else
        console.log(data);
});
child.addListener("exit", function (code) {
    console.log(code);
    others.forEach(function (other) { other.close(); });
});
// expect: null
// expect: 137
