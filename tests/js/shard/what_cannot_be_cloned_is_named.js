// SPDX-License-Identifier: MIT
include("/utils.js");
var shard = node.shard;
function f() {}
function Plain() {}
function says(value) {
    try {
        shard.send(0, value);
        puts("sent");
    } catch (error) {
        puts(error.message.replace("node.shard.send(): ", "")
                          .replace(" and cannot be cloned", ""));
        if (error.name !== "DataCloneError" || !(error instanceof TypeError))
            puts("not a DataCloneError but " + error.name);
    }
}
says(f);                                // expect: message is a function
says(Symbol("s"));                      // expect: message is a symbol
says({a: [1, {"b c": f}]});             // expect: message.a[1]["b c"] is a function
says([[, f]]);                          // expect: message[0][1] is a function
says({$_1: Symbol()});                  // expect: message.$_1 is a symbol
says({"": f});                          // expect: message[""] is a function
says(new Map([[1, 2], [{k: f}, 3]]));   // expect: message.entry(1)[0].k is a function
says(new Map([[1, {v: f}]]));           // expect: message.entry(0)[1].v is a function
says(new Set([1, [f]]));                // expect: message.item(1)[0] is a function
says(new Error("m", {cause: {c: f}}));  // expect: message.cause.c is a function
var error = new Error("m", {cause: Symbol()});
error.listener = f;
says(error);                            // expect: message.cause is a symbol
says(Object.assign(new Plain(), {f: f})); // expect: message.f is a function
says({p: Promise.resolve()});           // expect: message.p is of type Promise
says(new WeakMap());                    // expect: message is of type WeakMap
says(new Proxy({}, {}));                // expect: message is of type Object
says({g: (function* () {})()});         // expect: message.g is no plain object
says({m: new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))});
// expect: message.m is of type Module
var cycle = {};
cycle.self = cycle;
cycle.last = f;
says([cycle]);                          // expect: message[0].last is a function

// node's own.
says({p: new node.Promise()});          // expect: message.p is of type Promise
says([new node.EventEmitter()]);        // expect: message[0] is of type EventEmitter
says(node.http.createServer(f));        // expect: message is of type Server
says(node.tcp.createServer(f));         // expect: message is of type Server
says({c: node.tcp.createConnection(1, "127.0.0.1")}); // expect: message.c is of type Connection
says(node.http.createClient(1, "127.0.0.1")); // expect: message is of type Client
says({t: new node.Timer()});            // expect: message.t is of type Timer
says(shard);                            // expect: message is of type Shard
says([process]);                        // expect: message[0] is of type EventEmitter
function Mine() {}
node.inherits(Mine, node.EventEmitter);
says(new Map([["mine", new Mine()]]));  // expect: message.entry(0)[1] is of type Mine

// The other ways to say something.
function tells(name, f) {
    try {
        f();
    } catch (error) {
        puts(error.name + ": " + error.message);
    }
}
tells("broadcast", function () { shard.broadcast({a: f}); });
// expect: DataCloneError: node.shard.broadcast(): message.a is a function and cannot be cloned
tells("call", function () { shard.call(0, "x", 1, {a: f}); });
// expect: DataCloneError: node.shard.call(): arguments[1].a is a function and cannot be cloned
tells("call", function () { shard.call(0, "x", f); });
// expect: DataCloneError: node.shard.call(): arguments[0] is a function and cannot be cloned
tells("call", function () { shard.call(0, "x", 1, Symbol(), 2, 3, 4); });
// expect: DataCloneError: node.shard.call(): arguments[1] is a symbol and cannot be cloned
tells("callAll", function () { shard.callAll("x", {a: f}); });
// expect: DataCloneError: node.shard.callAll(): arguments[0].a is a function and cannot be cloned

// What structured clone drops is no hindrance.
var date = new Date(0);
date.f = f;
says(date);                             // expect: sent
error = new Error("m");
error.f = f;
says(error);                            // expect: sent
says(Object.create({f: f}));            // expect: sent
shard.addListener("message", function (message) {
    puts("came: " + Object.keys(message).length);
});
// expect: came: 0
// expect: came: 0
// expect: came: 0
