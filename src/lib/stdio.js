// SPDX-License-Identifier: MIT
"use strict";

// stdio: node.stdio.  stdin can be opened once; it is the first shard's, and
// ends at once on the others.

var UNOPENED = 0;
var OPEN = 1;
var CLOSED = 2;

var UTF8 = internal.UTF8;
var soon = internal.setTimeout;
var stdio = new node.EventEmitter();
var state = UNOPENED;

function method(name, f) {
    internal.define(stdio, name, f);
}

function encodingOf(name) {
    return internal.encodingOf(name, UTF8);
}

function close() {
    stdio.emit("close");
}

method("open", function (encoding) {
    if (state === OPEN)
        throw new Error("stdin already open");
    if (state === CLOSED)
        throw new Error("stdin already closed");
    if (node.shard.id === 0) {
        native.stdio.open(encodingOf(encoding));
    } else {
        soon(function () {
            if (state === OPEN)
                internal.stdinEvent(null);
        }, 0);
    }
    state = OPEN;
});

method("close", function () {
    if (state !== OPEN)
        throw new Error("stdin not open");
    state = CLOSED;
    if (node.shard.id === 0)
        native.stdio.close();
    soon(close, 0);
});

method("write", function (data, encoding) {
    if (arguments.length === 0)
        throw new Error("stdio.write() needs data to write");
    native.output.write(textOrBytes(data), encodingOf(encoding));
});

method("writeError", function (data) {
    if (arguments.length > 0)
        native.output.error(textOrBytes(data));
});

function textOrBytes(data) {
    return ArrayBuffer.isView(data) || data instanceof ArrayBuffer
        ? data : String(data);
}

// From C: null at the end.
internal.stdinEvent = function (data) {
    if (data !== null) {
        stdio.emit("data", data);
        return;
    }
    state = CLOSED;
    close();
};

node.stdio = stdio;
