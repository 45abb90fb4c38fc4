// SPDX-License-Identifier: MIT
// options: --no-pin --cores 2
// status: 3
var begun = new Int32Array(node.shard.shared("begun", 4));
if (node.shard.id === 0) {
    setInterval(function () {
        if (Atomics.load(begun, 0))
            node.exit(3);
    }, 10);
} else {
    process.addListener("exit", function () { console.log("exit"); });
    setTimeout(function () {
        Atomics.store(begun, 0, 1);
        for (var end = Date.now() + 500; Date.now() < end;);
        console.log("finished");
        setTimeout(function () { console.log("never"); }, 60000);
    }, 100);
}
// expect: finished
// expect: exit
