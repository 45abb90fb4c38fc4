// SPDX-License-Identifier: MIT
"use strict";

// child: node.ChildProcess.
//
// A child that runs has a slot in src/bind_child.c and stands in `running`
// under it, so that it lives on although the program dropped it.

var BINARY = internal.BINARY;
var slot = Symbol("slot");
var running = []; // children by slot

// enum child_event of src/bind_child.c.
var EVENTS = ["output", "error", "exit"];

function ChildProcess() {}
node.inherits(ChildProcess, node.EventEmitter);
internal.define(ChildProcess.prototype, "constructor", ChildProcess);
internal.define(ChildProcess.prototype, slot, -1);

function method(name, f) {
    internal.define(ChildProcess.prototype, name, f);
}

method("spawn", function (command) {
    if (typeof command !== "string" || command.includes("\0"))
        throw new TypeError("Bad argument. The command must be a string " +
                            "without NUL");
    if (this[slot] >= 0)
        throw new Error("ChildProcess already running");
    this[slot] = native.child.spawn(command);
    this.pid = native.child.pid(this[slot]);
    running[this[slot]] = this;
});

method("write", function (data, encoding) {
    if (typeof data !== "string" && !ArrayBuffer.isView(data) &&
        !(data instanceof ArrayBuffer))
        data = String(data);
    return native.child.write(this[slot], data,
                              internal.encodingOf(encoding, BINARY));
});

method("close", function () {
    return native.child.close(this[slot]);
});

method("kill", function (signal) {
    if (this[slot] < 0)
        throw new Error("ChildProcess already dead");
    native.child.kill(this[slot],
                      Number.isInteger(signal) ? signal : node.SIGTERM);
});

internal.childEvent = function (id, event, value) {
    var child = running[id];
    if (EVENTS[event] === "exit") {
        child[slot] = -1;
        running[id] = undefined;
    }
    child.emit(EVENTS[event], value);
};

node.ChildProcess = ChildProcess;

node.createChildProcess = function (command) {
    var child = new ChildProcess();
    child.spawn(command);
    return child;
};
