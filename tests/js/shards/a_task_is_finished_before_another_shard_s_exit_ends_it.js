// SPDX-License-Identifier: MIT
// options: --no-pin --cores 2
// status: 3
process.addListener("exit", function () {
    console.log("exit " + node.shard.id);
});
if (node.shard.id === 0) {
    setTimeout(function () {
        console.log("0 exits");
        node.exit(3);
    }, 300);
} else {
    setTimeout(function () {
        for (var end = Date.now() + 600; Date.now() < end;);
        console.log("1 finishes");
        setTimeout(function () { console.log("never"); }, 0);
    }, 100);
}
// expect: 0 exits
// expect: exit 0
// expect: 1 finishes
// expect: exit 1
