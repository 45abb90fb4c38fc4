// SPDX-License-Identifier: MIT
"use strict";

// promise: node.Promise, an emitter of one "success" or one "error".
//
// Its outcome is an object of its own, made when it is first asked for:
// settled, failed, and the value that wait() returns or throws.  wait() is
// native: src/bind_promise.c.

var emit = node.EventEmitter.prototype.emit;
var JavaScriptPromise = globalThis.Promise;
var outcome = Symbol("outcome");

function Outcome() {
    this.settled = false;
    this.failed = false;
    this.value = undefined;
    this.values = undefined;
}

function outcomeOf(promise) {
    if (!Object.prototype.hasOwnProperty.call(promise, outcome))
        promise[outcome] = new Outcome();
    return promise[outcome];
}

function Promise() {}
node.inherits(Promise, node.EventEmitter);
internal.define(Promise.prototype, "constructor", Promise);

function resultOf(values) {
    return values.length > 1 ? values : values[0];
}

function reasonOf(values) {
    return values[0] ||
        new Error("Promise completed with error (No arguments given.)");
}

// Once only.  The outcome is there before the listeners run: one of them may
// wait() for this promise.
function settle(promise, event, values) {
    var it = outcomeOf(promise);
    if (it.settled)
        return false;
    it.settled = true;
    it.failed = event === "error";
    it.values = values;
    it.value = it.failed ? reasonOf(values) : resultOf(values);
    return emit.call(promise, event, ...values);
}

function method(name, f) {
    internal.define(Promise.prototype, name, f);
}

method("emitSuccess", function (...values) {
    return settle(this, "success", values);
});

method("emitError", function (...values) {
    return settle(this, "error", values);
});

method("emit", function (event, ...values) {
    if (event === "success" || event === "error")
        return settle(this, event, values);
    return emit.apply(this, arguments);
});

method("addCallback", function (listener) {
    return this.addListener("success", listener);
});

method("addErrback", function (listener) {
    return this.addListener("error", listener);
});

method("wait", native.promise.wait);

// For wait(): see that what was written leaves, and say what to wait for.
internal.beginWait = function (promise) {
    if (!(promise instanceof Promise))
        throw new TypeError("wait() needs a node.Promise");
    var it = outcomeOf(promise);
    if (!it.settled) {
        if (internal.exiting)
            throw new Error("promise.wait(): the process exits");
        internal.beforeWait.forEach(function (hook) { hook(); });
    }
    return it;
};

// For await, a failure is always an Error; what emitError() was given is its
// `values`.
function errorOf(it) {
    if (it.value instanceof Error)
        return it.value;
    var error = new Error("Promise completed with error (" +
                          it.values.map(String).join(", ") + ")");
    error.values = it.values;
    return error;
}

method("then", function (onSuccess, onError) {
    var promise = this;
    return new JavaScriptPromise(function (resolve, reject) {
        var it = outcomeOf(promise);
        function finish() {
            if (it.failed)
                reject(errorOf(it));
            else
                resolve(it.value);
        }
        if (it.settled)
            finish();
        else
            promise.addCallback(finish).addErrback(finish);
    }).then(onSuccess, onError);
});

node.Promise = internal.Promise = Promise;
