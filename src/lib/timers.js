// SPDX-License-Identifier: MIT
"use strict";

// timers: node.Timer and the four functions made of it.
//
// A timer that is started has a slot in src/bind_timer.c and stands in
// `started` under it, so that it lives on although the program dropped it.

var start = native.timer.start;
var again = native.timer.again;
var stop = native.timer.stop;

var slot = Symbol("slot");
var started = []; // timers by slot

function Timer() {
    this.repeat = 0;
    this[slot] = -1;
}
node.inherits(Timer, node.EventEmitter);
internal.define(Timer.prototype, "constructor", Timer);

function method(name, f) {
    internal.define(Timer.prototype, name, f);
}

// Milliseconds; with `repeat` the event comes again and again.
method("start", function (after, repeat) {
    this.stop();
    this.repeat = repeat > 0 ? Number(repeat) : 0;
    this[slot] = start(Number(after));
    started[this[slot]] = this;
});

method("stop", function () {
    if (!(this[slot] >= 0))
        return;
    stop(this[slot]);
    started[this[slot]] = undefined;
    this[slot] = -1;
});

// From C: the timer in the slot is due.
internal.timeout = function (due) {
    var timer = started[due];
    if (timer.repeat > 0)
        again(due, timer.repeat);
    else
        timer.stop();
    timer.emit("timeout");
};

function newTimer(callback, after, repeat) {
    if (typeof callback !== "function")
        throw new TypeError("a timer needs a function to call");
    var timer = new Timer();
    timer.addListener("timeout", callback);
    timer.start(after, repeat);
    return timer;
}

function setTimeout(callback, delay) {
    return newTimer(callback, delay, 0);
}

// Every millisecond at the most.
function setInterval(callback, delay) {
    var period = delay > 1 ? Number(delay) : 1;
    return newTimer(callback, period, period);
}

function clearTimeout(timer) {
    if (timer instanceof Timer)
        timer.stop();
}

// Not of 2009, but what measures looks for it.
internal.define(globalThis, "performance", {now: native.process.now});

node.Timer = Timer;
internal.setTimeout = setTimeout;
internal.define(globalThis, "setTimeout", setTimeout);
internal.define(globalThis, "setInterval", setInterval);
internal.define(globalThis, "clearTimeout", clearTimeout);
internal.define(globalThis, "clearInterval", clearTimeout);
