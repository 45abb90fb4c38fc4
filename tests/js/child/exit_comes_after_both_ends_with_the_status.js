// SPDX-License-Identifier: MIT
// shards: 4
var child = node.createChildProcess("echo out; echo err >&2; exit 7");
var seen = { output: "", error: "" };
var ends = [];
["output", "error"].forEach(function (event) {
    child.addListener(event, function (data) {
        if (data === null)
            ends.push(event);
        else
            seen[event] += data;
    });
});
child.addListener("exit", function (code) {
    console.log(JSON.stringify(seen));
    console.log(ends.sort().join(" "));
    console.log(typeof code + " " + code + " " + (this === child) + " " +
                arguments.length);
});
// expect: {"output":"out\n","error":"err\n"}
// expect: error output
// expect: number 7 true 1
