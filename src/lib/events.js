// SPDX-License-Identifier: MIT

// events: node.EventEmitter.
//
// An emitter keeps its listeners under a symbol: an object of arrays, one an
// event.  The object is made by the first addListener(), since a constructor
// that inherits need not call this one.  The arrays are live: listeners() gives
// them away, so emit() looks at the length again at each step and skips what is
// no function.
//
// Not in strict mode: bare addListener() means the global object's.

var events = Symbol("events");

// Without a prototype, so that every name can be an event's.
function Events() {}
Events.prototype = Object.create(null);

function EventEmitter() {}

function listenersOf(emitter, event) {
    if (!Object.prototype.hasOwnProperty.call(emitter, events))
        emitter[events] = new Events();
    var all = emitter[events];
    var list = all[event];
    if (list === undefined)
        list = all[event] = [];
    return list;
}

EventEmitter.prototype.addListener = function (event, listener) {
    if (typeof listener !== "function")
        return this;
    var all = this[events];
    if (all !== undefined && all.newListener !== undefined)
        this.emit("newListener", event, listener);
    listenersOf(this, event).push(listener);
    return this;
};

EventEmitter.prototype.listeners = function (event) {
    return listenersOf(this, event);
};

// No try and no catch: an exception is reported at the line that threw it.
// Whoever has one or two arguments gets them without an array.  `rest` keeps
// `arguments` from being tied to the parameters, which costs a heap object.
function emit(event, a, b, ...rest) {
    var count = arguments.length;
    if (count === 0)
        throw new TypeError("emit() needs the name of an event");
    var all = this[events];
    if (all === undefined)
        return false;
    var list = all[event];
    if (list === undefined)
        return false;
    if (count > 3)
        return emitMany(this, list, [a, b, ...rest]);
    if (count === 3)
        return emitTwo(this, list, a, b);
    for (var i = 0; i < list.length; i++) {
        var listener = list[i];
        if (typeof listener !== "function")
            continue;
        if (count === 2)
            listener.call(this, a);
        else
            listener.call(this);
    }
    return true;
}

EventEmitter.prototype.emit = emit;

function emitTwo(emitter, list, a, b) {
    for (var i = 0; i < list.length; i++) {
        if (typeof list[i] === "function")
            list[i].call(emitter, a, b);
    }
    return true;
}

function emitMany(emitter, list, values) {
    for (var i = 0; i < list.length; i++) {
        if (typeof list[i] === "function")
            list[i].apply(emitter, values);
    }
    return true;
}

// emitter.emit("request", a, b), which comes so often that looking an event up
// by its name shows.
internal.emitRequest = function (emitter, a, b) {
    if (emitter.emit !== emit)
        return emitter.emit("request", a, b);
    var all = emitter[events];
    if (all === undefined || all.request === undefined)
        return false;
    return emitTwo(emitter, all.request, a, b);
};

node.EventEmitter = EventEmitter;

// The global object is an emitter: process.addListener("exit", ...).
Object.setPrototypeOf(globalThis, EventEmitter.prototype);
