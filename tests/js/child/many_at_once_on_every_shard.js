// SPDX-License-Identifier: MIT
// shards: 4
var COUNT = 25;
var left = COUNT;
var sum = 0;
for (var i = 0; i < COUNT; i++) {
    (function (i) {
        var child = node.createChildProcess("cat; exit " + i);
        var text = "";
        child.addListener("output", function (data) { text += data || ""; });
        child.addListener("exit", function (code) {
            sum += code === i && text === "to " + i ? 1 : 0;
            if (--left === 0)
                console.log(sum);
        });
        child.write("to " + i);
        child.close();
    })(i);
}
// expect: 25
