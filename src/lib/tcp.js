// SPDX-License-Identifier: MIT
"use strict";

// tcp: node.tcp.Server and node.tcp.Connection.
//
// C names a connection by (place, generation): see src/bind_tcp.c.  What happens
// comes as rows, through the dispatcher in http.js.

var tcp = native.tcp;
var define = internal.define;
var encodingOf = internal.encodingOf;
var contentOf = internal.contentOf;
var BINARY = internal.BINARY;
var UTF8 = internal.UTF8;

var getter = internal.getter = function (prototype, name, get, set) {
    Object.defineProperty(prototype, name, {
        get: get, set: set, configurable: true, enumerable: true
    });
};

// ---- Holding ----------------------------------------------------------------

// While a connection is paused its events wait, in order, also those that were
// on their way already.  _tell(kind, subject) tells one.

internal.isHeld = function (connection) {
    return connection._paused || connection._held !== null;
};

internal.hold = function (connection, kind, subject) {
    if (connection._gone)
        return;
    if (connection._held === null)
        connection._held = [];
    connection._held.push(kind, subject);
};

// Connections whose held events nothing holds any more.  They go on in a nested
// turn when a listener waits.
var releasing = [];

internal.releaseLater = function (connection) {
    releasing.push(connection);
};

internal.releaseAll = function () {
    while (releasing.length > 0)
        release(releasing.pop());
};

var release = internal.release = function (connection) {
    var held = connection._held;
    if (held === null)
        return;
    releasing.push(connection);
    while (held.length > 0 && !connection._paused && !connection._gone) {
        var kind = held.shift();
        connection._tell(kind, held.shift());
    }
    if (held.length === 0 && connection._held === held && !connection._gone)
        connection._held = null;
    var at = releasing.indexOf(connection);
    if (at >= 0)
        releasing.splice(at, 1);
};

// ---- node.tcp.Connection ----------------------------------------------------

function Connection() {}
node.inherits(Connection, node.EventEmitter);

// What each begins with.  _open: from connect() or accept to "close"; _gone: it
// has no more events but "close".
[["_net", tcp], ["_place", -1], ["_generation", -1], ["_state", "closed"],
 ["_open", false], ["_paused", false], ["_gone", false], ["_held", null],
 ["_encoding", BINARY], ["_timeout", 60000], ["_noDelay", false]
].forEach(function (field) {
    define(Connection.prototype, field[0], field[1]);
});

function method(name, f) {
    define(Connection.prototype, name, f);
}

getter(Connection.prototype, "readyState", function () {
    return this._state;
});

// Bytes that wait to be written.
getter(Connection.prototype, "pending", function () {
    return this._open ? tcp.pending(this._place, this._generation) : 0;
});

function portOf(port, name) {
    var number = typeof port === "string" && port !== "" ? Number(port) : port;
    if (!Number.isInteger(number) || number < 0 || number > 65535)
        throw new TypeError(name +
                            ": port must be an integer from 0 to 65535");
    return number;
}

function hostOf(host, name) {
    if (host === undefined || host === null)
        return undefined;
    if (typeof host !== "string" || host === "")
        throw new TypeError(name + ": host must be a string");
    return host;
}

internal.portOf = portOf;
internal.hostOf = hostOf;

method("connect", function (port, host) {
    port = portOf(port, "connect");
    host = hostOf(host, "connect") || "127.0.0.1";
    if (this._open)
        throw new Error("Socket is not in CLOSED state.");
    var name = tcp.connect(port, host);
    adopt(this, name[0], name[1]);
    this._state = "opening";
    if (this._timeout !== 60000)
        tcp.setTimeout(this._place, this._generation, this._timeout);
    if (this._noDelay)
        tcp.setNoDelay(this._place, this._generation, true);
});

function adopt(connection, place, generation) {
    connections[place] = connection;
    connection._place = place;
    connection._generation = generation;
    connection._open = true;
    connection._paused = false;
    connection._gone = false;
    connection._held = null;
    connection._shut = false;
}

// The bytes queued.  "drain" follows once more than 64 KiB wait.
method("send", function (data, encoding) {
    if (this._state !== "open" && this._state !== "writeOnly")
        throw new Error("Socket is not open for writing");
    if (typeof data !== "string")
        data = typeof data === "object" && data !== null ?
            contentOf(data, "send") : String(data);
    return this._write(data, encodingOf(encoding, BINARY)).size;
});

// What was queued, and whether more may follow at once.
method("_write", function (data, encoding) {
    var size = tcp.send(this._place, this._generation, data, encoding);
    if (size === undefined) // reset; "close" is on its way
        return { size: data.length, more: false };
    return size < 0 ? { size: -1 - size, more: false }
                    : { size: size, more: true };
});

method("close", function () {
    switch (this._state) {
    case "closed": return;
    case "open": this._state = "readOnly"; break;
    case "writeOnly": this._state = "closed"; break;
    }
    this._shut = true;
    this._net.close(this._place, this._generation);
});

method("forceClose", function () {
    if (!this._open || this._gone)
        return;
    this._state = "closed";
    this._gone = true;
    this._held = [];
    this._net.forceClose(this._place, this._generation);
});

method("readPause", function () {
    if (!this._open || this._paused)
        return;
    this._paused = true;
    this._net.pause(this._place, this._generation);
});

method("readResume", function () {
    if (!this._paused)
        return;
    this._paused = false;
    this._net.resume(this._place, this._generation);
});

method("setTimeout", function (timeout) {
    if (typeof timeout !== "number" || !(timeout >= 0))
        throw new TypeError("setTimeout: timeout must be a number of " +
                            "milliseconds, at least 0");
    this._timeout = timeout;
    if (this._open)
        this._net.setTimeout(this._place, this._generation, timeout);
});

method("setNoDelay", function (noDelay) {
    this._noDelay = noDelay === undefined || Boolean(noDelay);
    if (this._open)
        this._net.setNoDelay(this._place, this._generation, this._noDelay);
});

var ENCODING_NAMES = ["binary", "utf8", "bytes"];

// The name of the encoding in force.
method("setEncoding", function (encoding) {
    this._encoding = encodingOf(encoding, BINARY);
    return String(encoding).toLowerCase() === "ascii" ?
        "ascii" : ENCODING_NAMES[this._encoding];
});

// ---- Events -----------------------------------------------------------------

method("_emitConnect", function () {
    if (this._gone)
        return;
    if (this._state === "opening")
        this._state = this._shut ? "readOnly" : "open";
    this.emit("connect");
});

method("_emitEof", function () {
    if (this._encoding === UTF8) {
        var rest = tcp.rest(this._place, this._generation);
        if (rest !== "")
            this.emit("receive", rest);
        if (this._gone)
            return;
        if (this._paused) {
            internal.hold(this, ROW_TCP_EOF, null);
            return;
        }
    }
    if (this._state === "open")
        this._state = "writeOnly";
    else if (this._state === "readOnly")
        this._state = "closed";
    this.emit("eof");
});

method("_emitClose", function (hadError) {
    this._state = "closed";
    this._open = false;
    this._gone = true;
    this._paused = false;
    this._held = null;
    this.emit("close", hadError);
});

// A piece of what came.
method("_emitPiece", function (kind) {
    var data = tcp.take(this._place, this._generation, this._encoding);
    if (data !== undefined && data.length > 0)
        this.emit("receive", data);
});

// ---- Dispatching ------------------------------------------------------------

// enum row_kind of src/rows.h.
var ROW_TCP_CONNECTION = 10;
var ROW_TCP_CONNECT = 11;
var ROW_TCP_PIECE = 12;
var ROW_TCP_DRAIN = 13;
var ROW_TCP_RESUME = 14;
var ROW_TCP_EOF = 15;
var ROW_TCP_TIMEOUT = 16;
var ROW_TCP_CLOSE = 17;

var connections = []; // by place

method("_tell", function (kind, subject) {
    if (kind === ROW_TCP_PIECE)
        this._emitPiece(subject.kind, subject.status, subject.flags);
    else
        this._emitEof();
});

internal.dispatchTcp = function (kind, at) {
    var rows = internal.rows;
    var place = rows[at + 1];
    var generation = rows[at + 2];
    if (kind === ROW_TCP_CONNECTION) {
        accept(place, generation, servers.get(rows[at + 3]));
        return;
    }
    var connection = connections[place];
    if (connection === undefined || connection._generation !== generation)
        return;
    switch (kind) {
    case ROW_TCP_CONNECT: connection._emitConnect(); break;
    case ROW_TCP_DRAIN:
        if (!connection._gone)
            connection.emit("drain");
        break;
    case ROW_TCP_RESUME: release(connection); break;
    case ROW_TCP_TIMEOUT: connection.emit("timeout"); break;
    case ROW_TCP_CLOSE:
        connections[place] = undefined;
        tcp.forget(place, generation);
        connection._emitClose(rows[at + 3] !== 0);
        break;
    default:
        dispatchInput(connection, kind, at);
    }
};

// What a pause holds.
function dispatchInput(connection, kind, at) {
    var rows = internal.rows;
    if (internal.isHeld(connection))
        internal.hold(connection, kind, {
            kind: rows[at + 3], status: rows[at + 4], flags: rows[at + 5]
        });
    else if (kind === ROW_TCP_EOF)
        connection._emitEof();
    else
        connection._emitPiece(rows[at + 3], rows[at + 4], rows[at + 5]);
}

function accept(place, generation, server) {
    var connection = new Connection();
    adopt(connection, place, generation);
    connection._state = "open";
    connection.server = server;
    connection.remoteAddress = tcp.peer(place, generation);
    server.emit("connection", connection);
}

// ---- node.tcp.Server --------------------------------------------------------

var TCP = 0; // enum kind of src/bind_server.c
var servers = internal.servers = new Map();
var lastServer = 0;

function Server(listener) {
    if (listener !== undefined)
        this.addListener("connection", listener);
}
node.inherits(Server, node.EventEmitter);
define(Server.prototype, "_kind", TCP);
define(Server.prototype, "_id", 0);
define(Server.prototype, "_listening", false);

internal.listen = function (server, port, host, backlog) {
    port = portOf(port, "listen");
    host = hostOf(host, "listen");
    if (server._listening)
        throw new Error("listen: the server listens already");
    var id = ++lastServer;
    native.server.listen(id, server._kind, port, host, backlog);
    server._id = id;
    server._listening = true;
    servers.set(id, server);
};

// listen(port, backlog) too.
define(Server.prototype, "listen", function (port, host, backlog) {
    if (arguments.length === 2 && Number.isInteger(host)) {
        backlog = host;
        host = undefined;
    }
    if (backlog === undefined)
        backlog = 128;
    if (!Number.isInteger(backlog) || backlog < 0)
        throw new TypeError("listen: backlog must be an integer");
    internal.listen(this, port, host, Math.min(backlog, 65535));
});

define(Server.prototype, "close", function () {
    if (!this._listening)
        return;
    this._listening = false;
    native.server.close(this._id);
});

getter(Server.prototype, "port", function () {
    return this._listening ? native.server.port(this._id) : undefined;
});

internal.serverClosed = function (id) {
    var server = servers.get(id);
    servers.delete(id);
    server.emit("close", 0);
};

// ---- The module -------------------------------------------------------------

node.tcp = {
    Server: Server,
    Connection: Connection,
    createServer: function (listener, options) {
        return new Server(listener);
    },
    createConnection: function (port, host) {
        var connection = new Connection();
        connection.connect(port, host);
        return connection;
    }
};
