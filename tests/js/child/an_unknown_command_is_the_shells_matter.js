// SPDX-License-Identifier: MIT
// shards: 4
var child = node.createChildProcess("/no/such/command");
var text = "";
child.addListener("error", function (data) { text += data || ""; });
child.addListener("exit", function (code) {
    console.log(code + " " + /\/no\/such\/command/.test(text));
    // "error" without listeners is nothing.
    node.createChildProcess("echo >&2").addListener("exit", function (code) {
        node.createChildProcess("").addListener("exit", function (code) {
            console.log(code);
        });
    });
});
// expect: 127 true
// expect: 0
