// SPDX-License-Identifier: MIT
include("/utils.js");
var timer = new node.Timer(), times = 0;
timer.addListener("timeout", function () {
    puts("timeout " + ++times + " " + this.repeat);
    if (times === 3)
        this.stop();
});
timer.stop();
timer.start(5, 10);
// expect: timeout 1 10
// expect: timeout 2 10
// expect: timeout 3 10
var once = new node.Timer();
once.addListener("timeout", function () {
    puts("once");
    if (!this.again) {
        this.again = true;
        this.start(1, 0);
    }
});
once.start(100);
// expect: once
// expect: once
var restarted = new node.Timer();
restarted.addListener("timeout", function () { puts("restarted"); });
restarted.start(100000, 100000);
restarted.start(200);                               // expect: restarted
