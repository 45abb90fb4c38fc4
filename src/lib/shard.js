// SPDX-License-Identifier: MIT
"use strict";

// shard: node.shard, this shard among its siblings.
//
// What is sent is a record: a kind, a number and values; see src/bind_shard.c
// for its way.  Messages and calls are delivered in the order in which they were
// sent, not before the top level of the program has run.  What the machinery
// says to itself (replies and the like) is never held back, so that a call can
// be waited for at the top level.

var post = native.shard.post;
var take = native.shard.take;
var wake = native.shard.wake;
var JavaScriptPromise = Promise;

// The kinds; in src/bind_shard.c too.
var MESSAGE = 0;  // value
var CALL = 1;     // name, arguments; the number is of the promise that waits
var MARK = 2;     // all before it is delivered when this is: answer ROOM
var APPLY = 3;    // as CALL, with name and array of arguments
var REPLY = 4;    // value
var FAILURE = 5;  // error
var ROOM = 6;
var SETTLED = 7;  // name of a once()
var STATS = 8;

// Of a once(); enum once of src/commons.h.
var MINE = 0, RUNNING = 1, SUCCESS = 2;

var TURN = 256; // most messages and calls delivered in a turn

function Shard() {}
node.inherits(Shard, node.EventEmitter);
internal.define(Shard.prototype, "constructor", Shard);

var shard = node.shard = new Shard();
shard.id = 0;
shard.count = 1;
var listeners = shard.listeners("message"); // lives, and stays the same array

function method(name, f) {
    internal.define(Shard.prototype, name, f);
}

function checkId(id, who) {
    if (!Number.isInteger(id) || id < 0 || id >= shard.count)
        throw new RangeError(who + ": there is no shard " + String(id) +
                             ", only 0 to " + (shard.count - 1));
}

// ---- What cannot be cloned --------------------------------------------------

// Connections, servers, promises and all that emits events: their own half lives
// in C, or in the closures of their listeners.
internal.notClonable = node.EventEmitter.prototype;

function isClonable(value) {
    try {
        native.shard.tryClone(value);
        return true;
    } catch (error) {
        return false;
    }
}

function describe(value) {
    if (typeof value !== "object")
        return "a " + typeof value;
    var name = value.constructor && value.constructor.name;
    return typeof name === "string" && name !== "" ? "of type " + name
                                                   : "no plain object";
}

function member(name) {
    return /^[A-Za-z_$][\w$]*$/.test(name) ? "." + name
                                           : "[" + JSON.stringify(name) + "]";
}

// Is what structured clone takes of it in no property?
function isClosed(value) {
    return ArrayBuffer.isView(value) ||
        [Date, RegExp, String, Number, Boolean, BigInt, ArrayBuffer,
         SharedArrayBuffer].some(function (type) {
             return value instanceof type;
         });
}

// What lies in `value`, for structured clone: [path, value] each.
function membersOf(value) {
    if (Error.isError(value))
        return Object.hasOwn(value, "cause") ? [[".cause", value.cause]] : [];
    if (value instanceof Map)
        return Array.from(value, function (entry, i) {
            return [".entry(" + i + ")", entry];
        });
    if (value instanceof Set)
        return Array.from(value, function (item, i) {
            return [".item(" + i + ")", item];
        });
    if (isClosed(value))
        return [];
    return Object.keys(value).map(function (key) {
        var path = Array.isArray(value) ? "[" + key + "]" : member(key);
        return [path, value[key]];
    });
}

// The innermost member of `value` for which V8 refused it.
function findOffender(path, value) {
    var seen = new Set();
    for (;;) {
        if (typeof value !== "object" || value === null ||
            value instanceof node.EventEmitter)
            return [path, value];
        seen.add(value);
        var next = membersOf(value).find(function (entry) {
            return !seen.has(entry[1]) && !isClonable(entry[1]);
        });
        if (next === undefined)
            return [path, value];
        path += next[0];
        value = next[1];
    }
}

class DataCloneError extends TypeError {}
internal.define(DataCloneError.prototype, "name", "DataCloneError");

// The error to throw: a getter of the program may have thrown its own.
function explain(who, path, value, error) {
    if (!(error instanceof Error) || error.name !== "DataCloneError")
        return error;
    var offender = findOffender(path, value);
    return new DataCloneError(who + ": " + offender[0] + " is " +
                              describe(offender[1]) + " and cannot be cloned");
}

// ---- What Errors own --------------------------------------------------------

// In the same order in a value and in its clone.
function errorsIn(value) {
    var seen = new Set();
    var found = [];
    (function visit(value) {
        if (typeof value !== "object" || value === null || seen.has(value))
            return;
        seen.add(value);
        if (Error.isError(value))
            found.push(value);
        membersOf(value).forEach(function (entry) { visit(entry[1]); });
    })(value);
    return found;
}

function isField(value) {
    return typeof value === "string" || typeof value === "number";
}

// From C: what the Errors in `value` own that structured clone drops.
internal.errorFields = function (value) {
    var errors = errorsIn(value);
    if (!errors.some(function (error) {
        return isField(error.code) || isField(error.errno);
    }))
        return undefined;
    return errors.map(function (error) {
        return [error.code, error.errno].map(function (field) {
            return isField(field) ? field : undefined;
        });
    });
};

// From C: give it back to their clones; returns the value.
internal.restoreErrors = function (value, fields) {
    errorsIn(value).forEach(function (error, i) {
        if (fields === undefined || fields[i] === undefined)
            return;
        if (fields[i][0] !== undefined)
            error.code = fields[i][0];
        if (fields[i][1] !== undefined)
            error.errno = fields[i][1];
    });
    return value;
};

// ---- Messages ---------------------------------------------------------------

method("send", function (id, message, moved) {
    checkId(id, "node.shard.send()");
    try {
        return post(id, MESSAGE, 0, moved, message);
    } catch (error) {
        throw explain("node.shard.send()", "message", message, error);
    }
});

method("broadcast", function (message) {
    try {
        return native.shard.broadcast(message);
    } catch (error) {
        throw explain("node.shard.broadcast()", "message", message, error);
    }
});

method("addListener", function (event, listener) {
    node.EventEmitter.prototype.addListener.call(this, event, listener);
    if (event === "message" && !held.isEmpty())
        wake();
    return this;
});

// ---- Records that wait ------------------------------------------------------

function Queue() {
    this.first = undefined;
    this.last = undefined;
}

Queue.prototype.isEmpty = function () {
    return this.first === undefined;
};

Queue.prototype.push = function (record) {
    if (this.first === undefined)
        this.first = record;
    else
        this.last.next = record;
    this.last = record;
};

Queue.prototype.shift = function () {
    var record = this.first;
    this.first = record.next;
    return record;
};

Queue.prototype.hasSome = function (from) {
    for (var record = this.first; record !== undefined; record = record.next)
        if (record.from === from)
            return true;
    return false;
};

// ---- Arrival ----------------------------------------------------------------

var delivered;      // by sender: how many of its messages and calls
var NOTHING = [0];
var batch = NOTHING; // the records of one packet, as take() gives them
var at = 1;          // the next one's place in it
var started = false; // the top level has run
var early = new Queue(); // what came before that
var held = new Queue();  // messages and marks while nobody listens

internal.startShard = function (row) {
    delivered = row;
};

// Nothing that a program does to them changes which shards there are.
internal.placeShard = function (id, count) {
    Object.defineProperties(shard, {
        id: { value: id, writable: false, configurable: false },
        count: { value: count, writable: false, configurable: false }
    });
};

internal.shardStarted = function () {
    started = true;
    if (!early.isEmpty())
        wake();
};

// From C, in a turn: true when something is left for the next one.  The cursor
// moves on before a listener runs, which may wait: then a nested turn comes here
// and goes on behind it.  C gives a small packet that came alone as arguments,
// and looks itself whether another has come.
internal.receive = function (...packet) {
    if (packet.length > 0) {
        batch = packet;
        at = 1;
    }
    for (var left = TURN; left > 0; left--) {
        if (started && !early.isEmpty())
            deliver(early.shift());
        else if (!held.isEmpty() && listeners.length > 0)
            deliver(held.shift());
        else if (at < batch.length || packet.length === 0 && next())
            arrive();
        else
            return forget();
    }
    return true;
};

function next() {
    var values = take();
    if (values === undefined)
        return false;
    batch = values;
    at = 1;
    return true;
}

// Nobody needs what is delivered.
function forget() {
    batch = NOTHING;
    at = 1;
    return false;
}

function arrive() {
    var from = batch[0];
    var kind = batch[at];
    var start = at + 3;
    at = start + batch[at + 2];
    if (kind === MESSAGE && started && listeners.length > 0)
        emitMessage(from, batch[start]);
    else
        arriveSlowly({ kind: kind, from: from, number: batch[start - 2],
                       values: batch.slice(start, at), next: undefined });
}

function arriveSlowly(record) {
    if (record.kind > APPLY)
        answer(record);
    else if (!started)
        early.push(record);
    else
        deliver(record);
}

function emitMessage(from, value) {
    delivered[from]++;
    shard.emit("message", value, from);
}

// In the order of sending, but for this: a message that nobody listens to lets
// calls pass.
function deliver(record) {
    if (record.kind === CALL || record.kind === APPLY)
        run(record);
    else if (listeners.length === 0 &&
             (record.kind === MESSAGE || held.hasSome(record.from)))
        held.push(record);
    else if (record.kind === MESSAGE)
        emitMessage(record.from, record.values[0]);
    else
        post(record.from, ROOM, 0, undefined);
}

function answer(record) {
    var value = record.values[0];
    switch (record.kind) {
    case REPLY:
        recall(record.number).emitSuccess(value);
        break;
    case FAILURE:
        value.stack = (value.stack || String(value)) + "\n    on shard " +
            record.from;
        recall(record.number).emitError(value);
        break;
    case ROOM:
        if (native.shard.answered(record.from))
            shard.emit("drain", record.from);
        break;
    case SETTLED:
        settleOnce(value);
        break;
    case STATS:
        post(record.from, REPLY, record.number, undefined,
             native.shard.stats());
        break;
    }
}

// ---- Calls ------------------------------------------------------------------

var exposed = new Map();
var pending = []; // promises, by the number of their call
var free = [];    // numbers

function remember(promise) {
    var number = free.length > 0 ? free.pop() : pending.length;
    pending[number] = promise;
    return number;
}

function recall(number) {
    var promise = pending[number];
    pending[number] = undefined;
    free.push(number);
    return promise;
}

method("expose", function (name, f) {
    if (typeof f !== "function")
        throw new TypeError("node.shard.expose(): '" + String(name) +
                            "' needs a function");
    exposed.set(String(name), f);
});

function isSimple(value) {
    return value === null ||
        typeof value !== "object" && typeof value !== "function";
}

// Several objects go as one, so that what they share they share there too.
function postCall(id, number, name, args) {
    if (args.length === 0)
        post(id, CALL, number, undefined, name);
    else if (args.length === 1)
        post(id, CALL, number, undefined, name, args[0]);
    else if (args.length < 4 && args.every(isSimple))
        post(id, CALL, number, undefined, name, ...args);
    else
        post(id, APPLY, number, undefined, name, args);
}

function call(who, id, name, args) {
    var promise = new node.Promise();
    var number = remember(promise);
    try {
        postCall(id, number, name, args);
    } catch (error) {
        recall(number);
        throw explain(who, "arguments", args, error);
    }
    return promise;
}

method("call", function (id, name, ...args) {
    checkId(id, "node.shard.call()");
    return call("node.shard.call()", id, String(name), args);
});

method("callAll", function (name, ...args) {
    var all = new node.Promise();
    var values = [];
    var left = shard.count;
    for (let id = 0; id < shard.count; id++)
        call("node.shard.callAll()", id, String(name), args)
            .addCallback(function (value) {
                values[id] = value;
                if (--left === 0)
                    all.emitSuccess(values);
            })
            .addErrback(function (error) { all.emitError(error); });
    return all;
});

method("stats", function (id) {
    checkId(id, "node.shard.stats()");
    var promise = new node.Promise();
    post(id, STATS, remember(promise), undefined);
    return promise;
});

// At the shard that is called.
function run(record) {
    var name = record.values[0];
    var args = record.kind === APPLY ? record.values[1]
                                     : record.values.slice(1);
    delivered[record.from]++;
    attempt(exposed.get(name) || function () {
        throw new Error("shard " + shard.id + " exposes no '" + name + "'");
    }, args, function (value) {
        reply(record, name, value);
    }, function (error) {
        fail(record, error);
    });
}

// Call f and give its value, when it is there, to one of the two, once: what is
// only like a promise may do as it likes.
function attempt(f, args, succeed, fail) {
    try {
        var value = f.apply(shard, args);
        var later = value !== null && typeof value === "object" &&
            typeof value.then === "function";
    } catch (error) {
        fail(error);
        return;
    }
    if (later)
        new JavaScriptPromise(function (resolve) { resolve(value); })
            .then(succeed, fail);
    else
        succeed(value);
}

function reply(record, name, value) {
    try {
        post(record.from, REPLY, record.number, undefined, value);
    } catch (error) {
        fail(record, explain("the value of '" + name + "' on shard " +
                             shard.id, "value", value, error));
    }
}

// What was thrown, as an Error that can be cloned.
function errorOf(thrown) {
    if (Error.isError(thrown) && isClonable(thrown))
        return thrown;
    try {
        if (!(thrown instanceof Error))
            return new Error(String(thrown));
        return copyOf(thrown);
    } catch (error) {
        return new Error("what was thrown is " + typeof thrown +
                         " without a text");
    }
}

// Of what inherits from Error, or holds what cannot be cloned.
function copyOf(thrown) {
    var error = new Error();
    internal.define(error, "stack", String(thrown));
    ["name", "message", "stack", "code", "errno"].forEach(function (field) {
        if (isField(thrown[field]))
            internal.define(error, field, thrown[field]);
    });
    return error;
}

function fail(record, thrown) {
    post(record.from, FAILURE, record.number, undefined, errorOf(thrown));
}

// ---- What is common to all shards -------------------------------------------

method("owner", function (key) {
    return native.shard.owner(String(key));
});

var buffers = new Map();

method("shared", function (name, byteLength) {
    if (!Number.isSafeInteger(byteLength) || byteLength < 0)
        throw new RangeError("node.shard.shared(): a number of bytes is " +
                             "needed, not " + String(byteLength));
    name = String(name);
    var there = buffers.get(name);
    if (there !== undefined && there.byteLength === byteLength)
        return there;
    var buffer = native.shard.shared(name, byteLength);
    buffers.set(name, buffer);
    return buffer;
});

var onces = new Map(); // the promises that wait here, by name

method("once", function (name, f) {
    if (typeof f !== "function")
        throw new TypeError("node.shard.once(): '" + String(name) +
                            "' needs a function");
    name = String(name);
    var promise = new node.Promise();
    if (onces.has(name)) {
        onces.get(name).push(promise);
        return promise;
    }
    onces.set(name, [promise]);
    var state = native.shard.claim(name)[0];
    if (state === MINE)
        runOnce(name, f);
    else if (state !== RUNNING)
        post(shard.id, SETTLED, 0, undefined, name);
    return promise;
});

function runOnce(name, f) {
    attempt(f, [], function (value) {
        finishOnce(name, false, value);
    }, function (error) {
        finishOnce(name, true, errorOf(error));
    });
}

function finishOnce(name, failed, value) {
    try {
        native.shard.settle(name, failed,
                            [value, internal.errorFields(value)]);
    } catch (error) {
        finishOnce(name, true, explain("the value of '" + name + "'", "value",
                                       value, error));
        return;
    }
    for (var id = 0; id < shard.count; id++)
        post(id, SETTLED, 0, undefined, name);
}

function settleOnce(name) {
    var promises = onces.get(name);
    if (promises === undefined)
        return;
    onces.delete(name);
    var outcome = native.shard.claim(name);
    var value = internal.restoreErrors(outcome[1][0], outcome[1][1]);
    promises.forEach(function (promise) {
        if (outcome[0] === SUCCESS)
            promise.emitSuccess(value);
        else
            promise.emitError(value);
    });
}
