// SPDX-License-Identifier: MIT
// shards: 4
function attempt(child, signal) {
    try {
        console.log(child.kill(signal));
    } catch (error) {
        console.log(error.message.replace(/\d+:/, "PID:") + " " + error.code);
    }
}
var child = node.createChildProcess("sleep 0.2 & exit 1");
attempt(child, 12345);
// Reaped, but "exit" has to wait for what holds its stdout.
setTimeout(function () { attempt(child); }, 100);
child.addListener("exit", function (code) {
    console.log(code + " " + (child.pid > 0));
    attempt(child);
});
attempt(new node.ChildProcess());
// expect: cannot send signal 12345 to process PID: Invalid argument EINVAL
// expect: ChildProcess already dead undefined
// expect: undefined
// expect: 1 true
// expect: ChildProcess already dead undefined
