// SPDX-License-Identifier: MIT
// options: --no-pin --cores 2
// status: 3
if (node.shard.id === 0) {
    setTimeout(function () { node.exit(3); }, 300);
} else {
    process.addListener("exit", function () { console.log("exit"); });
    setTimeout(function () {
        for (var end = Date.now() + 400; Date.now() < end;);
        console.log("finished");
        setTimeout(function () { console.log("never"); }, 60000);
    }, 100);
}
// expect: finished
// expect: exit
