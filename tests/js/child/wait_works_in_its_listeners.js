// SPDX-License-Identifier: MIT
// shards: 4
var child = node.createChildProcess("echo 1; read go; echo 2; exit 4");
var exit = new node.Promise();
child.addListener("output", function (data) {
    if (data === "1\n")
        child.write("go\n");
    exit.wait();
    console.log(data === null ? null : data.trim());
});
child.addListener("exit", function (code) {
    console.log("exit");
    exit.emitSuccess(code);
});
console.log(exit.wait());
// Deepest first: the waits that began later end earlier.
// expect: exit
// expect: null
// expect: 2
// expect: 1
// expect: 4
