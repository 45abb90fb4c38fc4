// SPDX-License-Identifier: MIT
// shards: 4
var child = node.createChildProcess(
    "printf 'a\\303'; sleep 0.2; printf '\\244b\\377'; sleep 0.2; " +
    "printf '\\342\\202'");
var text = "";
child.addListener("output", function (data) {
    if (data === "")
        console.log("empty");
    text += data === null ? "." : data;
});
child.addListener("exit", function () {
    console.log(JSON.stringify(text.replace(/\ufffd+/g, "?")));
});
// expect: "aäb?."
