// SPDX-License-Identifier: MIT
"use strict";

// boot: the global object and the bare `node`.  This runs first, and like all
// of this folder it runs when the program is built, into the snapshot: what
// belongs to a shard (its arguments, its environment) comes in start.js.
//
// Each file is the body of function (node, native, internal).  `native` holds
// the functions written in C (src/bind_*.c), `internal` what these files and C
// use of each other.

// 1. Globals are no enumerable properties, and programs may replace them.
internal.define = function (object, name, value) {
    Object.defineProperty(object, name, {
        value: value, writable: true, configurable: true, enumerable: false
    });
};

internal.define(globalThis, "node", node);
internal.define(globalThis, "process", globalThis);
internal.define(globalThis, "CRLF", "\r\n");

// 2. What moved away says where it is, until /utils.js is included.
["puts", "print", "p"].forEach(function (name) {
    internal.define(globalThis, name, function () {
        throw new Error(name + "() has moved to /utils.js: " +
                        'include("/utils.js") brings it back');
    });
});

["debug", "error", "exec"].forEach(function (name) {
    node[name] = function () {
        throw new Error("node." + name + "() has moved to /utils.js: " +
                        'use require("/utils.js").' + name + "()");
    };
});

node.createProcess = function () {
    throw "node.createProcess() is now called node.createChildProcess()";
};

// 3. Small helpers that programs use too.
node.assert = function (condition, message) {
    if (!condition)
        throw new Error(message || "assertion error");
};

// super_ is the prototype, not the constructor.
node.inherits = function (constructor, superConstructor) {
    constructor.super_ = superConstructor.prototype;
    constructor.prototype = Object.create(superConstructor.prototype);
    constructor.prototype.constructor = constructor;
};

// 4. promise.wait() runs the microtasks with it, and these before it turns.
internal.nothing = function () {};
internal.beforeWait = [];
