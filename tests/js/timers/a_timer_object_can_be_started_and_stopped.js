// SPDX-License-Identifier: MIT
include("/utils.js");
var timer = new node.Timer(), times = 0;
timer.addListener("timeout", function () {
    puts("timeout " + ++times + " " + this.repeat);
    if (times === 3) {
        this.stop();
        startOnce();
    }
});
timer.stop();
timer.start(5, 10);
// expect: timeout 1 10
// expect: timeout 2 10
// expect: timeout 3 10

function startOnce() {
    var once = new node.Timer(), again = false;
    once.addListener("timeout", function () {
        puts("once " + this.repeat);
        if (again)
            restart();
        else
            this.start(1);
        again = true;
    });
    once.start(1);
}
// expect: once 0
// expect: once 0

function restart() {
    var restarted = new node.Timer();
    restarted.addListener("timeout", function () { puts("restarted"); });
    restarted.start(100000, 100000);
    restarted.start(1);
}
// expect: restarted
