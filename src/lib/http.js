// SPDX-License-Identifier: MIT
"use strict";

// http: node.http.Server and what belongs to it.
//
// What happened on the connections comes from C as rows of one Int32Array (see
// src/bind_http.c); dispatch() goes through them once a turn.  Requests and
// responses name their exchange in C by (place, generation) and connections
// likewise: a name of what is gone finds nothing, and the call does nothing.

var http = native.http;
var EventEmitter = node.EventEmitter;
var define = internal.define;
var encodingOf = internal.encodingOf;
var contentOf = internal.contentOf;
var hold = internal.hold;
var release = internal.release;
var isHeld = internal.isHeld;
var getter = internal.getter;
var headOf = internal.headOf;
var FINISH = internal.FINISH;
var HAS_LENGTH = internal.HAS_LENGTH;
var HAS_ENCODING = internal.HAS_ENCODING;
var NO_CONTENT = internal.NO_CONTENT;
var ENCODING_SHIFT = internal.ENCODING_SHIFT;
var BINARY = internal.BINARY;
var UTF8 = internal.UTF8;

// ---- node.http.ServerResponse -----------------------------------------------

var HIGH_WATER = 64 * 1024; // TCP_HIGH_WATER of net/tcp.h

// Its states.  A chunk waits (BUFFERED) until the turn's end for a finish()
// that makes the length known.
var NEW = 0;
var HEADED = 1;
var BUFFERED = 2;
var STREAMING = 3;
var FINISHED = 4;

function ServerResponse(request, place, generation) {
    request._response = this;
    this.request = request;
    this._place = place;
    this._generation = generation;
    this._state = NEW;
    this._head = null;
    this._chunk = undefined;
    this._encoding = BINARY;
}
node.inherits(ServerResponse, EventEmitter);

// Responses with a chunk that waits.  The one whose listener runs is not among
// them: it will most often be finished.  It is kept in an object as young as
// itself, which the collector need not be told of.
var buffered = [];
var current = null;
var resolved = Promise.resolve();

function flushBuffered() {
    var all = buffered;
    buffered = [];
    for (var i = 0; i < all.length; i++)
        flushChunk(all[i]);
}

function flushLater(response) {
    if (buffered.push(response) === 1)
        resolved.then(flushBuffered);
}

internal.beforeWait.push(function () {
    if (current !== null && current.response !== null)
        leaveCurrent(current);
    flushBuffered();
});

// The listener waits: what it wrote leaves, and "complete", if that is next, is
// for a nested turn to tell.
function leaveCurrent(frame) {
    var response = frame.response;
    frame.response = null;
    if (response._state === BUFFERED)
        buffered.push(response);
    if (!frame.complete)
        return;
    frame.complete = false;
    hold(response.request.connection, ROW_COMPLETE, response);
    internal.releaseLater(response.request.connection);
}

// The head and the chunk that waited, without the end.
function flushChunk(response) {
    if (response._state !== BUFFERED)
        return;
    var chunk = response._chunk;
    response._state = STREAMING;
    response._chunk = undefined;
    responses[response._place] = response; // "drain" may come
    respond(response, response._head, response._encoding << ENCODING_SHIFT,
            chunk);
}

// A head and the end go out with a chunk or without one.
function respond(response, head, flags, chunk) {
    var number = head === null ? 0 : head.number;
    if (head !== null && number <= 0)
        return respondWith(response, head, flags, chunk);
    var result = http.respond(response._place, response._generation, number,
                              flags, chunk);
    if (result === -2)
        tooMuch(response);
    return result;
}

function respondWith(response, head, flags, chunk) {
    var result = http.respondWith(response._place, response._generation,
                                  head.text, flags | head.flags, chunk,
                                  head.length);
    if (result === -2)
        tooMuch(response);
    return result;
}

// A response that is the same time and again is kept by C as a whole, and then
// costs a few integers, which C takes when dispatch() returns.  A head whose
// content keeps changing is given up.
var REPEATS = 8;
var CHANGES = 64;
var KEPT = 1024; // longest chunk

// False: send it as any other.
function answer(response, head) {
    if (response._chunk !== head.chunk || response._encoding !== head.encoding) {
        if (head.changes < CHANGES)
            change(head, response._chunk, response._encoding);
        return false;
    }
    if (head.repeats < REPEATS) {
        if (++head.repeats === REPEATS)
            http.keepResponse(head.number, head.encoding, head.chunk);
        return false;
    }
    var window = rows;
    var at = window[ANSWERS_END];
    if (!answering || at === window.length)
        return false;
    window[at] = response._place;
    window[at + 1] = response._generation;
    window[at + 2] = head.number;
    window[ANSWERS_END] = at + ANSWER;
    return true;
}

function change(head, chunk, encoding) {
    if (head.number <= 0 || head.flags !== 0 ||
        !(chunk === undefined ||
          typeof chunk === "string" && chunk.length <= KEPT))
        return;
    head.chunk = chunk;
    head.encoding = encoding;
    head.repeats = 0;
    head.changes++;
}

function tooMuch(response) {
    throw new Error("sendBody: more than the Content-Length of " +
                    response._head.length + " bytes");
}

define(ServerResponse.prototype, "sendHeader", function (status, fields) {
    if (this._state !== NEW)
        throw new Error("sendHeader: the response has its header already");
    this._head = headOf(status, fields);
    this._state = HEADED;
});

// True: send on.  False: the peer is gone, or more than 64 KiB wait and "drain"
// will follow.
define(ServerResponse.prototype, "sendBody", function (chunk, encoding) {
    if (typeof chunk !== "string")
        chunk = contentOf(chunk, "sendBody");
    encoding = encodingOf(encoding, BINARY);
    if (this._state === HEADED) {
        checkLength(this, chunk, encoding);
        this._state = BUFFERED;
        this._chunk = typeof chunk === "string" ? chunk : chunk.slice();
        this._encoding = encoding;
        if (current === null || current.response !== this)
            flushLater(this);
        return chunk.length <= HIGH_WATER &&
               !this.request.connection._gone;
    }
    if (this._state === NEW || this._state === FINISHED)
        outOfOrder(this, "sendBody");
    flushChunk(this);
    return respond(this, null, encoding << ENCODING_SHIFT, chunk) === 0;
});

// The first chunk waits; what is wrong with it is said at once all the same.
function checkLength(response, chunk, encoding) {
    var head = response._head;
    if ((head.flags & (HAS_LENGTH | HAS_ENCODING | NO_CONTENT)) !== HAS_LENGTH)
        return;
    if (sizeOf(chunk, encoding) > head.length &&
        response.request.method !== "HEAD")
        tooMuch(response);
}

// In bytes.
function sizeOf(chunk, encoding) {
    if (typeof chunk !== "string" || encoding !== UTF8)
        return chunk.length;
    var size = 0;
    for (var i = 0; i < chunk.length; i++) {
        var code = chunk.codePointAt(i);
        size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        i += code < 0x10000 ? 0 : 1;
    }
    return size;
}

internal.sizeOf = sizeOf;

function outOfOrder(response, method) {
    throw new Error(method + (response._state === NEW ?
        ": call sendHeader first" : ": the response is finished"));
}

define(ServerResponse.prototype, "finish", function () {
    switch (this._state) {
    case FINISHED:
        return;
    case NEW:
        outOfOrder(this, "finish");
        break;
    case STREAMING:
        respond(this, null, FINISH, undefined);
        break;
    default:
        if (!answer(this, this._head))
            respond(this, this._head,
                    FINISH | this._encoding << ENCODING_SHIFT, this._chunk);
        this._chunk = undefined;
    }
    this._state = FINISHED;
    if (this.request._completed)
        forget(this);
});

// ---- node.http.ServerRequest ------------------------------------------------

// Its head is the text from the target to the last field.
function ServerRequest(connection, methodAndFlags, text, start, end) {
    this.connection = connection;
    this.method = methods[methodAndFlags & 255];
    this._response = null;
    this._flags = methodAndFlags;
    this._text = text;
    this._start = start;
    this._end = end;
    this._completed = false;
}
node.inherits(ServerRequest, EventEmitter);

// What most requests do not need is not made for each.
define(ServerRequest.prototype, "_headers", undefined);
define(ServerRequest.prototype, "_uri", undefined);
define(ServerRequest.prototype, "_encoding", BINARY);

getter(ServerRequest.prototype, "httpVersion", function () {
    return this._flags & REQUEST_MINOR ? "1.1" : "1.0";
});

getter(ServerRequest.prototype, "headers", function () {
    if (this._headers === undefined)
        this._headers = parseHeaders(this._text.slice(this._start, this._end));
    return this._headers;
}, function (headers) {
    this._headers = headers;
});

getter(ServerRequest.prototype, "uri", function () {
    if (this._uri === undefined)
        this._uri = internal.parseUri(
            this._text.slice(this._start,
                             this._text.indexOf(" ", this._start)));
    return this._uri;
}, function (uri) {
    this._uri = uri;
});

// llhttp has checked the syntax, and refused continued lines (obs-fold).
function parseHeaders(head) {
    var headers = {};
    var lines = head.split("\r\n");
    for (var i = 1; i < lines.length; i++) {
        var line = lines[i];
        var colon = line.indexOf(":");
        addHeader(headers, colon < 0 ? line : line.slice(0, colon),
                  colon < 0 ? "" : trim(line, colon + 1));
    }
    return headers;
}

internal.parseHeaders = parseHeaders;

// RFC 9110 5.5: spaces and tabs around a value do not belong to it.
function trim(line, start) {
    var end = line.length;
    while (start < end && isSpace(line.charCodeAt(start)))
        start++;
    while (end > start && isSpace(line.charCodeAt(end - 1)))
        end--;
    return line.slice(start, end);
}

function isSpace(code) {
    return code === 32 || code === 9;
}

// Names as they came; a repeated one is joined (RFC 9110 5.3).
function addHeader(headers, name, value) {
    if (Object.prototype.hasOwnProperty.call(headers, name)) {
        headers[name] += ", " + value;
    } else if (name === "__proto__") {
        Object.defineProperty(headers, name, {
            value: value, writable: true, configurable: true, enumerable: true
        });
    } else {
        headers[name] = value;
    }
}

define(ServerRequest.prototype, "setBodyEncoding", function (encoding) {
    this._encoding = encodingOf(encoding, BINARY);
});

define(ServerRequest.prototype, "pause", function () {
    if (!this._completed)
        this.connection.readPause();
});

define(ServerRequest.prototype, "resume", function () {
    this.connection.readResume();
});

// ---- node.http.Connection ---------------------------------------------------

// A node.tcp.Connection that requests come from and responses go to.
function Connection(server, place, generation) {
    this.server = server;
    this.remoteAddress = http.peer(place, generation);
    this._place = place;
    this._generation = generation;
    this._open = true;
    this._state = "open";
    this._paused = false;
    this._gone = false;
    this._held = null;
}
node.inherits(Connection, node.tcp.Connection);
define(Connection.prototype, "_net", http);

define(Connection.prototype, "send", function () {
    throw new Error("send: what an HTTP server sends are responses");
});

define(Connection.prototype, "setEncoding", function () {
    throw new Error("setEncoding: use request.setBodyEncoding()");
});

// What comes for an exchange names its response, the rest the connection.
define(Connection.prototype, "_tell", function (kind, subject) {
    switch (kind) {
    case ROW_REQUEST: emitRequest(subject); break;
    case ROW_CONTENT: emitBody(subject); break;
    case ROW_COMPLETE: emitComplete(subject); break;
    case ROW_EOF: this._emitEof(); break;
    }
});

// ---- node.http.Server -------------------------------------------------------

var HTTP = 1; // enum kind of src/bind_server.c

function Server(listener) {
    if (listener !== undefined)
        this.addListener("request", listener);
}
node.inherits(Server, node.tcp.Server);
define(Server.prototype, "_kind", HTTP);

define(Server.prototype, "listen", function (port, host) {
    internal.listen(this, port, host, 1024);
});

// ---- Dispatching ------------------------------------------------------------

// enum row_kind and the rest of src/rows.h and src/bind_http.c.
var ROW_CONNECTION = 0;
var ROW_REQUEST = 1;
var ROW_CONTENT = 2;
var ROW_COMPLETE = 3;
var ROW_DRAIN = 4;
var ROW_RESUME = 5;
var ROW_EOF = 6;
var ROW_TIMEOUT = 7;
var ROW_CLOSE = 8;
var ROW_SERVER_CLOSE = 9;
var ROW_TCP = 10; // from here on: tcp.js
var CURSOR = 0;
var END = 1;
var ANSWERS_END = 2;
var FIRST = 8;
var ROW = 8;
var ANSWER = 4;
var REQUEST_MINOR = 256;
var REQUEST_COMPLETE = 512;

var rows = null;
var texts = null;
var methods = null;
var answering = false; // dispatch() runs, and C takes the answers after it
var connections = []; // by place
var responses = [];   // by place

internal.startRows = function (window) {
    rows = window;
    internal.rows = window;
};

internal.startHttp = function (strings, names) {
    texts = strings;
    methods = names;
};

// Listeners that wait nest their turns, and no peer may exhaust the nesting, of
// which SHARD_WAIT_DEPTH levels are allowed: in a turn as deep as this requests
// are held, until those that wait have returned.
var DEEP = 32;
var deep = false;

internal.dispatch = function () {
    var isDeep = native.promise.depth() >= DEEP;
    if (!isDeep)
        internal.releaseAll();
    current = { response: null, complete: false };
    while (rows[CURSOR] !== rows[END]) {
        deep = isDeep; // a nested turn may have changed them
        answering = true;
        var at = rows[CURSOR];
        rows[CURSOR] = at + ROW;
        var kind = rows[at];
        if (kind === ROW_REQUEST)
            dispatchRequest(at);
        else if (kind <= ROW_DRAIN && kind !== ROW_CONNECTION)
            dispatchExchange(kind, at);
        else if (kind < ROW_TCP)
            dispatchConnection(kind, at);
        else
            internal.dispatchTcp(kind, at);
    }
    answering = false;
    // Nobody reads any more, also no dispatch() below this one on the stack.
    rows[CURSOR] = FIRST;
    rows[END] = FIRST;
    if (!isDeep)
        internal.releaseAll();
};

function dispatchRequest(at) {
    var place = rows[at + 1];
    var connection = connections[rows[at + 3]];
    var flags = rows[at + 4];
    var request = new ServerRequest(connection, flags, texts[rows[at + 5]],
                                    rows[at + 6], rows[at + 7]);
    var response = new ServerResponse(request, place, rows[at + 2]);
    var complete = (flags & REQUEST_COMPLETE) !== 0;
    if (!complete)
        responses[place] = response;
    if (deep || isHeld(connection)) {
        if (!isHeld(connection))
            internal.releaseLater(connection);
        hold(connection, ROW_REQUEST, response);
        if (complete)
            hold(connection, ROW_COMPLETE, response);
        return;
    }
    var frame = current;
    frame.complete = complete;
    emitRequest(response);
    if (!complete)
        return;
    if (!frame.complete) { // the listener waited
        release(connection);
        return;
    }
    frame.complete = false;
    if (isHeld(connection))
        hold(connection, ROW_COMPLETE, response);
    else
        emitComplete(response);
}

function emitRequest(response) {
    var request = response.request;
    current.response = response;
    internal.emitRequest(request.connection.server, request, response);
    current.response = null;
    if (response._state === BUFFERED)
        flushLater(response);
}

function emitComplete(response) {
    var request = response.request;
    request._completed = true;
    if (response._state === FINISHED)
        forget(response);
    request.emit("complete");
}

function emitBody(response) {
    var request = response.request;
    var chunk = http.content(response._place, response._generation,
                             request._encoding);
    if (chunk !== undefined && chunk.length > 0)
        request.emit("body", chunk);
}

// Both halves are done.
function forget(response) {
    if (responses[response._place] === response)
        responses[response._place] = undefined;
}

function dispatchExchange(kind, at) {
    var response = responses[rows[at + 1]];
    if (response === undefined || response._generation !== rows[at + 2])
        return; // its connection closed before the request was dispatched
    var connection = response.request.connection;
    if (kind === ROW_DRAIN) { // a pause is of requests
        if (!connection._gone)
            response.emit("drain");
    } else if (isHeld(connection)) {
        hold(connection, kind, response);
    } else {
        connection._tell(kind, response);
    }
}

function dispatchConnection(kind, at) {
    if (kind === ROW_CONNECTION) {
        accept(rows[at + 1], rows[at + 2], rows[at + 3]);
        return;
    }
    if (kind === ROW_SERVER_CLOSE) {
        internal.serverClosed(rows[at + 1]);
        return;
    }
    var connection = connections[rows[at + 1]];
    switch (kind) {
    case ROW_RESUME: release(connection); break;
    case ROW_EOF:
        if (isHeld(connection))
            hold(connection, kind, null);
        else
            connection._emitEof();
        break;
    case ROW_TIMEOUT: connection.emit("timeout"); break;
    case ROW_CLOSE:
        connections[rows[at + 1]] = undefined;
        connection._emitClose(rows[at + 3] !== 0);
        break;
    }
}

function accept(place, generation, id) {
    var server = internal.servers.get(id);
    var connection = new Connection(server, place, generation);
    connections[place] = connection;
    server.emit("connection", connection);
    connection.emit("connect");
}

// ---- The module -------------------------------------------------------------

node.http = {
    STATUS_CODES: internal.STATUS_CODES,
    Server: Server,
    ServerRequest: ServerRequest,
    ServerResponse: ServerResponse,
    Connection: Connection,
    parseUri: internal.parseUri,
    createServer: function (listener, options) {
        return new Server(listener);
    }
};
