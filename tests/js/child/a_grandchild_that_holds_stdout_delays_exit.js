// SPDX-License-Identifier: MIT
// shards: 4
var child = node.createChildProcess("(sleep 0.5; echo late) & exit 0");
child.addListener("output", function (data) {
    console.log(JSON.stringify(data));
});
child.addListener("exit", function (code) { console.log("exit " + code); });
// expect: "late\n"
// expect: null
// expect: exit 0
