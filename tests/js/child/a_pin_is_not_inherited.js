// SPDX-License-Identifier: MIT
// shards: 4
// options: --pin
function mask(file, done) {
    var text = "";
    var child = node.createChildProcess("grep Cpus_allowed_list " + file);
    child.addListener("output", function (data) { text += data || ""; });
    child.addListener("exit", function () { done(text); });
}
mask("/proc/self/status", function (own) {
    mask("/proc/$PPID/status", function (main) {
        console.log(own !== "" && own === main);
    });
});
// expect: true
