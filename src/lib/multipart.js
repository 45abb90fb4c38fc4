// SPDX-License-Identifier: MIT
"use strict";

// multipart: the library "/multipart.js", multipart bodies (RFC 2046 5.1) as
// forms send them (RFC 7578).
//
// What was not looked through yet is kept in _rest; of a body that is never
// more than could be the beginning of a delimiter.

var EventEmitter = node.EventEmitter;
var define = internal.define;

// ---- Part -------------------------------------------------------------------

function Part(stream) {
    define(this, "_stream", stream);
    this.headers = {};
    this.bytesReceived = 0;
}
node.inherits(Part, EventEmitter);

Part.prototype.getStream = function () {
    return this._stream;
};

// 'form-data; name="a"' is {name: "a"}.
function parametersOf(value) {
    var parameters = {};
    var pattern = /;\s*([^\s=;]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)/g;
    var match;
    while ((match = pattern.exec(value)) !== null)
        parameters[match[1].toLowerCase()] =
            match[2].trim().replace(/^"|"$/g, "").replace(/\\/g, "");
    define(parameters, "value", value.split(";", 1)[0].trim());
    return parameters;
}

function parseHeaders(text) {
    var headers = {};
    text.replace(/\r\n[ \t]+/g, " ").split("\r\n").forEach(function (line) {
        var colon = line.indexOf(":");
        if (colon > 0)
            headers[line.slice(0, colon)] =
                parametersOf(line.slice(colon + 1));
    });
    return headers;
}

// ---- Stream -----------------------------------------------------------------

// What comes next: a delimiter, a part's headers, or nothing any more.
var BEFORE_DELIMITER = 0;
var IN_HEADERS = 1;
var DONE = 2;
var HEADERS_LIMIT = 64 * 1024;

function Stream(source) {
    this.bytesReceived = 0;
    this.bytesTotal = 0;
    this.part = null; // the one that is being received
    define(this, "_state", BEFORE_DELIMITER);
    define(this, "_rest", "\r\n"); // so that a delimiter can come at once
    if (source instanceof EventEmitter)
        readRequest(this, source);
    else
        setBoundary(this, source && source.boundary);
}
node.inherits(Stream, EventEmitter);

function setBoundary(stream, boundary) {
    if (typeof boundary !== "string" || boundary === "")
        throw new Error("multipart: there is no boundary");
    stream.boundary = boundary;
    define(stream, "_delimiter",
           "\r\n" + (boundary.startsWith("--") ? "" : "--") + boundary);
}

function headerOf(request, wanted) {
    for (var name in request.headers)
        if (name.toLowerCase() === wanted)
            return request.headers[name];
    return "";
}

function readRequest(stream, request) {
    var type = headerOf(request, "content-type");
    if (!/^\s*multipart\//i.test(type))
        throw new Error("multipart: the Content-Type, " +
                        JSON.stringify(type) + ", is no multipart type");
    var boundary = parametersOf(type).boundary;
    setBoundary(stream, boundary && "--" + boundary);
    stream.bytesTotal = Number(headerOf(request, "content-length")) || 0;
    request.setBodyEncoding("binary");
    request.addListener("body", function (chunk) {
        // A listener may wait; what comes meanwhile has to come later.
        request.pause();
        stream.write(chunk);
        internal.setTimeout(function () { request.resume(); }, 0);
    });
    request.addListener("complete", function () {
        endPart(stream, true);
        stream._state = DONE;
        stream.emit("complete");
    });
    define(stream, "_request", request);
}

// Feed it with bytes, as a "binary" string.
Stream.prototype.write = function (chunk) {
    this.bytesReceived += chunk.length;
    if (this._state === DONE)
        return;
    this._rest += chunk;
    while (this._state === IN_HEADERS ? takeHeaders(this) : takeBody(this)) {}
};

function emitBody(stream, chunk) {
    var part = stream.part;
    if (part === null || chunk === "")
        return; // the preamble
    part.bytesReceived += chunk.length;
    part.emit("body", chunk);
}

function endPart(stream, cut) {
    var part = stream.part;
    if (part === null)
        return;
    if (cut && stream._state === BEFORE_DELIMITER)
        emitBody(stream, stream._rest);
    stream.part = null;
    part.emit("complete");
}

// Everything up to the next delimiter.  False: it has not come yet.
function takeBody(stream) {
    if (stream._state === DONE)
        return false;
    var rest = stream._rest;
    var delimiter = stream._delimiter;
    var at = rest.indexOf(delimiter);
    if (at < 0) {
        var keep = Math.max(0, rest.length - delimiter.length + 1);
        stream._rest = rest.slice(keep);
        emitBody(stream, rest.slice(0, keep));
        return false;
    }
    if (at > 0) {
        stream._rest = rest.slice(at);
        emitBody(stream, rest.slice(0, at));
        return true;
    }
    return takeDelimiter(stream, delimiter.length);
}

// A line of its own; two dashes make it the last one.
function takeDelimiter(stream, length) {
    var rest = stream._rest;
    if (rest.length < length + 2)
        return false;
    if (rest.startsWith("--", length)) {
        stream._rest = "";
        endPart(stream, false);
        stream._state = DONE;
        if (stream._request === undefined)
            stream.emit("complete");
        return false;
    }
    var end = rest.indexOf("\r\n", length);
    if (end < 0)
        return false;
    if (rest.slice(length, end).trim() !== "") { // only begins like one
        stream._rest = rest.slice(length);
        emitBody(stream, rest.slice(0, length));
        return true;
    }
    endPart(stream, false);
    stream._rest = rest.slice(end); // CRLF too: there may be no headers
    stream._state = IN_HEADERS;
    return true;
}

function takeHeaders(stream) {
    var end = stream._rest.indexOf("\r\n\r\n");
    if (end < 0) {
        if (stream._rest.length > HEADERS_LIMIT)
            throw new Error("multipart: the headers of a part are too long");
        return false;
    }
    var part = new Part(stream);
    part.headers = parseHeaders(stream._rest.slice(2, end));
    stream._rest = stream._rest.slice(end + 4);
    stream._state = BEFORE_DELIMITER;
    stream.part = part;
    // An empty body is a delimiter at once, whose CRLF is the headers' last.
    if (stream._rest.startsWith(stream._delimiter.slice(2)))
        stream._rest = "\r\n" + stream._rest;
    stream.emit("part", part);
    return true;
}

var multipart = internal.libraries["/multipart.js"] = {};
multipart.Stream = Stream;
