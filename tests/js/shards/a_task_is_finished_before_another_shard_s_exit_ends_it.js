// SPDX-License-Identifier: MIT
// options: --no-pin --cores 2
// status: 3
if (node.shard.id === 0) {
    setTimeout(function () { node.exit(3); }, 2500);
} else {
    process.addListener("exit", function () { console.log("exit"); });
    setTimeout(function () {
        for (var end = Date.now() + 1000; Date.now() < end;);
        console.log("finished");
        setTimeout(function () { console.log("never"); }, 60000);
    }, 2000);
}
// expect: finished
// expect: exit
