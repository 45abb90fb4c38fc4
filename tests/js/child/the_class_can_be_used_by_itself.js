// SPDX-License-Identifier: MIT
// shards: 4
var child = new node.ChildProcess();
console.log(child instanceof node.EventEmitter, child.pid);
child.spawn("echo $PPID");
try {
    child.spawn("ls");
} catch (error) {
    console.log(error.message);
}
var pid = child.pid;
var text = "";
child.addListener("output", function (data) { text += data || ""; });
var times = 0;
child.addListener("exit", function () {
    console.log(child.pid === pid, /^\d+\n$/.test(text));
    if (++times < 2) {
        child.spawn("echo again");
        pid = child.pid;
        text = "1\n";
        child.addListener("output", function (data) {
            if (data)
                console.log(JSON.stringify(data));
        });
        text = "";
        child.listeners("output").shift();
        text = "1\n";
    }
});
// expect: true undefined
// expect: ChildProcess already running
// expect: true true
// expect: "again\n"
// expect: true true
