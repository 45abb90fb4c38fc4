// SPDX-License-Identifier: MIT
// shards: 4
var SIZE = 500000;
var whole = 0;
function run(n) {
    var length = 0;
    var child = node.createChildProcess(
        "head -c " + SIZE + " /dev/zero | tr '\\0' x");
    child.addListener("output", function (data) {
        if (data !== null)
            length += data.length;
    });
    child.addListener("exit", function (code) {
        if (code === 0 && length === SIZE)
            whole++;
        if (n > 1)
            run(n - 1);
        else
            console.log(whole);
    });
}
run(40);
// expect: 40
