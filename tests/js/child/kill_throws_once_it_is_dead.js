// SPDX-License-Identifier: MIT
// shards: 4
function attempt(child, signal) {
    try {
        console.log(child.kill(signal));
    } catch (error) {
        console.log(error.message.replace(/\d+:/, "PID:") + " " + error.code);
    }
}
var child = node.createChildProcess("sleep 100 & echo $!; exit 1");
attempt(child, 12345);
// Reaped, but "exit" has to wait for what holds its stdout.
child.addListener("output", function (data) {
    if (data !== null)
        awaitReaping(data);
});
function awaitReaping(sleeper) {
    node.fs.exists("/proc/" + child.pid, function (exists) {
        if (exists)
            return setTimeout(function () { awaitReaping(sleeper); }, 10);
        attempt(child);
        node.createChildProcess("kill " + sleeper);
    });
}
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
