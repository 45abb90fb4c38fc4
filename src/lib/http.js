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
var BINARY = internal.BINARY;
var UTF8 = internal.UTF8;

// ---- The head of a response --------------------------------------------------

// enum http_reply_flags of net/http_conn.h.
var FINISH = 1;
var HAS_CONNECTION = 2;
var CLOSE = 4;
var HAS_ENCODING = 8;
var CHUNKED = 16;
var HAS_LENGTH = 32;
var HAS_DATE = 64;
var NO_CONTENT = 128;
var ENCODING_SHIFT = 16; // the encoding stands above them

var STATUS_CODES = {
    100: "Continue", 101: "Switching Protocols",
    200: "OK", 201: "Created", 202: "Accepted",
    203: "Non-Authoritative Information", 204: "No Content",
    205: "Reset Content", 206: "Partial Content",
    300: "Multiple Choices", 301: "Moved Permanently",
    302: "Moved Temporarily", 303: "See Other", 304: "Not Modified",
    305: "Use Proxy",
    400: "Bad Request", 401: "Unauthorized", 402: "Payment Required",
    403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    406: "Not Acceptable", 407: "Proxy Authentication Required",
    408: "Request Time-out", 409: "Conflict", 410: "Gone",
    411: "Length Required", 412: "Precondition Failed",
    413: "Request Entity Too Large", 414: "Request-URI Too Large",
    415: "Unsupported Media Type",
    500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway",
    503: "Service Unavailable", 504: "Gateway Time-out",
    505: "HTTP Version not supported"
};

// A head is built field by field, and a program sends the same few heads again
// and again.  So each beginning of a head is a node that remembers the field
// that followed it last: while a response repeats the one before, its head is
// found by comparing, without building or checking a string.  One that comes
// again is kept by C and has a number.
function Head(text, flags, length) {
    this.text = text;
    this.flags = flags;
    this.length = length;
    this.number = 0; // -1: it will have none
    this.name = "";
    this.value = "";
    this.next = null;
}

var statusHeads = [];

function statusHead(status) {
    if (typeof status !== "number")
        status = Number(status);
    var head = statusHeads[status];
    if (head !== undefined)
        return head;
    if (!Number.isInteger(status) || status < 100 || status > 999)
        throw new TypeError("sendHeader: statusCode must be an integer from " +
                            "100 to 999");
    var none = status < 200 || status === 204 || status === 304;
    return statusHeads[status] =
        new Head("HTTP/1.1 " + status + " " +
                 (STATUS_CODES[status] || "unknown") + "\r\n",
                 none ? NO_CONTENT : 0, 0);
}

var TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/; // RFC 9110 5.6.2
var NOT_A_VALUE = /[\r\n\0]|[^\x00-\xff]/;
var CLOSES = /(^|,)\s*close\s*(,|$)/i;
var ENDS_CHUNKED = /(^|,)\s*chunked\s*$/i;

function checkField(name, value) {
    if (!TOKEN.test(name))
        throw new Error("sendHeader: " + JSON.stringify(name) +
                        " is no field name");
    if (NOT_A_VALUE.test(value))
        throw new Error("sendHeader: the value of " + name + ", " +
                        JSON.stringify(value) + ", has a character that " +
                        "a field cannot hold");
}

function parseLength(value) {
    var length = /^\d+$/.test(value) ? Number(value) : NaN;
    if (!Number.isSafeInteger(length))
        throw new Error("sendHeader: the Content-Length, " +
                        JSON.stringify(value) + ", is no length");
    return length;
}

function makeHead(before, name, value) {
    var text = String(value);
    checkField(name, text);
    var head = new Head(before.text + name + ": " + text + "\r\n",
                        before.flags, before.length);
    switch (name.toLowerCase()) {
    case "connection":
        head.flags |= HAS_CONNECTION | (CLOSES.test(text) ? CLOSE : 0);
        break;
    case "transfer-encoding":
        head.flags |= HAS_ENCODING | (ENDS_CHUNKED.test(text) ? CHUNKED : 0);
        break;
    case "content-length":
        head.length = parseLength(text);
        head.flags |= HAS_LENGTH;
        break;
    case "date":
        head.flags |= HAS_DATE;
        break;
    }
    return head;
}

function headAfter(before, name, value) {
    var next = before.next;
    if (next !== null && next.name === name && next.value === value) {
        if (next.number === 0)
            next.number = http.keepHead(next.text, next.flags, next.length);
        return next;
    }
    next = makeHead(before, name, value);
    next.name = name;
    next.value = value;
    if (typeof value === "object" || typeof value === "function")
        return next; // its text may be another the next time
    return before.next = next;
}

function headOf(status, fields) {
    return addFields(statusHead(status), fields);
}

function addFields(head, fields) {
    if (fields === undefined || fields === null)
        return head;
    if (typeof fields !== "object")
        throw new TypeError("sendHeader: headers must be an object or an " +
                            "array of [name, value] pairs");
    if (Array.isArray(fields))
        return headOfPairs(head, fields);
    for (var name in fields)
        head = headAfter(head, name, fields[name]);
    return head;
}

function headOfPairs(head, pairs) {
    for (var i = 0; i < pairs.length; i++) {
        if (!Array.isArray(pairs[i]) || pairs[i].length !== 2)
            throw new TypeError("sendHeader: headers[" + i +
                                "] must be a [name, value] pair");
        head = headAfter(head, String(pairs[i][0]), pairs[i][1]);
    }
    return head;
}

// The same for a request, which is not remembered: `start` is its first line, or
// the head that goes on.
internal.headFrom = function (start, fields) {
    return addFields(typeof start === "string" ? new Head(start, 0, 0) : start,
                     fields);
};
internal.CHUNKED = CHUNKED;
internal.HAS_CONNECTION = HAS_CONNECTION;
internal.HAS_ENCODING = HAS_ENCODING;
internal.HAS_LENGTH = HAS_LENGTH;

// ---- node.http.ServerResponse ------------------------------------------------

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
        respond(this, this._head,
                FINISH | this._encoding << ENCODING_SHIFT, this._chunk);
        this._chunk = undefined;
    }
    this._state = FINISHED;
    if (this.request._completed)
        forget(this);
});

// ---- node.http.ServerRequest -------------------------------------------------

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
});

getter(ServerRequest.prototype, "uri", function () {
    if (this._uri === undefined)
        this._uri = internal.parseUri(
            this._text.slice(this._start, this._text.indexOf(" ", this._start)));
    return this._uri;
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

// ---- node.http.Connection ----------------------------------------------------

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

// ---- node.http.Server --------------------------------------------------------

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

// ---- Dispatching -------------------------------------------------------------

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
var FIRST = 8;
var ROW = 8;
var REQUEST_MINOR = 256;
var REQUEST_COMPLETE = 512;

var rows = null;
var texts = null;
var methods = null;
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

internal.dispatch = function () {
    internal.releaseAll();
    current = { response: null, complete: false };
    while (rows[CURSOR] !== rows[END]) {
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
    // Nobody reads any more, also no dispatch() below this one on the stack.
    rows[CURSOR] = FIRST;
    rows[END] = FIRST;
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
    if (isHeld(connection)) {
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
    request.connection.server.emit("request", request, response);
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

// ---- The module ---------------------------------------------------------------

node.http = {
    STATUS_CODES: STATUS_CODES,
    Server: Server,
    ServerRequest: ServerRequest,
    ServerResponse: ServerResponse,
    Connection: Connection,
    parseUri: internal.parseUri,
    createServer: function (listener, options) {
        return new Server(listener);
    }
};
