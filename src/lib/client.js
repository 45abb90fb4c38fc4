// SPDX-License-Identifier: MIT
"use strict";

// client: node.http.Client.
//
// A client is a connection that is opened for a request and closed after its
// response, or, where the caller sent "Connection: keep-alive" and the server
// agrees, kept for the next one.  Requests are answered one at a time, in the
// order in which they began to be sent.

var tcp = native.tcp;
var EventEmitter = node.EventEmitter;
var define = internal.define;
var encodingOf = internal.encodingOf;
var contentOf = internal.contentOf;
var sizeOf = internal.sizeOf;
var BINARY = internal.BINARY;

// ---- node.http.ClientRequest ------------------------------------------------

function ClientRequest(client, method, path, fields) {
    var head = requestHead(client, method, path, fields);
    this.client = client;
    this.method = method;
    this._text = head.text + "\r\n";
    this._chunked = (head.flags & internal.CHUNKED) !== 0;
    this._left = head.flags & internal.HAS_LENGTH ? head.length : Infinity;
    this._keeps = /^keep-alive$/i.test(connectionOf(head.text));
    this._queued = false;
    this._sending = false; // it is the connection's, which takes all at once
    this._finished = false;
    this._waiting = []; // what to send once it is: string or bytes, encoding
}
node.inherits(ClientRequest, EventEmitter);

function connectionOf(text) {
    var match = /\r\nConnection:[ \t]*([^\r]*)/i.exec(text);
    return match === null ? "" : match[1].trim();
}

function targetOf(path) {
    if (typeof path !== "string" || path === "")
        throw new TypeError("path must be a string");
    if (/[\x00-\x20\x7f]/.test(path))
        throw new Error("path, " + JSON.stringify(path) +
                        ", has a character that a request cannot hold");
    return path.replace(/[^\x00-\x7f]+/g, encodeURI);
}

// The caller's fields first, then what we add.
function requestHead(client, method, path, fields) {
    var head = internal.headFrom(
        method + " " + targetOf(path) + " HTTP/1.1\r\n", fields);
    if (!/\r\nHost:/i.test(head.text))
        head = internal.headFrom(head, { Host: client._authority });
    if ((head.flags & internal.HAS_CONNECTION) === 0)
        head = internal.headFrom(head, { Connection: "close" });
    if (method !== "GET" && method !== "HEAD" &&
        (head.flags & (internal.HAS_LENGTH | internal.HAS_ENCODING)) === 0)
        head = internal.headFrom(head, { "Transfer-Encoding": "chunked" });
    return head;
}

// Send it now, or keep it until the connection is this request's.
function send(request, data, encoding) {
    if (request._sending)
        return request.client._write(data, encoding).more;
    request._waiting.push(typeof data === "string" ? data : data.slice(),
                          encoding);
    enqueue(request);
    return true;
}

function enqueue(request) {
    if (request._queued)
        return;
    request._queued = true;
    request.client._requests.push(request);
    request.client._next();
}

// True: send on.  False: more than 64 KiB wait, and "drain" follows.
define(ClientRequest.prototype, "sendBody", function (chunk, encoding) {
    if (this._finished)
        throw new Error("sendBody: the request is finished");
    if (typeof chunk !== "string")
        chunk = contentOf(chunk, "sendBody");
    encoding = encodingOf(encoding, BINARY);
    var size = sizeOf(chunk, encoding);
    if (size > this._left)
        throw new Error("sendBody: more than the Content-Length");
    this._left -= size;
    if (size === 0) {
        enqueue(this);
        return true;
    }
    if (!this._chunked)
        return send(this, chunk, encoding);
    send(this, size.toString(16) + "\r\n", BINARY);
    send(this, chunk, encoding);
    return send(this, "\r\n", BINARY);
});

define(ClientRequest.prototype, "finish", function (listener) {
    if (listener !== undefined)
        this.addListener("response", listener);
    if (this._finished)
        return;
    this._finished = true;
    if (this._chunked)
        send(this, "0\r\n\r\n", BINARY);
    enqueue(this);
    if (this._left !== Infinity && this._left > 0)
        this._cut = true; // the server would wait for the rest
    if (this._sending)
        cutShort(this);
});

function cutShort(request) {
    if (request._cut)
        request.client.forceClose();
}

// ---- node.http.ClientResponse -----------------------------------------------

var HEAD_MINOR = 1; // of src/bind_tcp.c
var HEAD_KEEP_ALIVE = 2;

function ClientResponse(client, status, flags, head) {
    this.client = client;
    this.connection = client;
    this.statusCode = status;
    this.httpVersion = flags & HEAD_MINOR ? "1.1" : "1.0";
    this.headers = internal.parseHeaders(head);
}
node.inherits(ClientResponse, EventEmitter);
define(ClientResponse.prototype, "_encoding", BINARY);

define(ClientResponse.prototype, "setBodyEncoding", function (encoding) {
    this._encoding = encodingOf(encoding, BINARY);
});

define(ClientResponse.prototype, "pause", function () {
    this.client.readPause();
});

define(ClientResponse.prototype, "resume", function () {
    this.client.readResume();
});

// ---- node.http.Client -------------------------------------------------------

var Connection = node.tcp.Connection;

function Client(port, host) {
    this._port = internal.portOf(port, "createClient");
    this._host = internal.hostOf(host, "createClient") || "localhost";
    this._authority = (/:/.test(this._host) ? "[" + this._host + "]"
                                            : this._host) +
        (this._port === 80 ? "" : ":" + this._port);
    this._requests = []; // to be sent
    this._request = null; // being answered
    this._response = null;
    this._idle = false; // kept open for the next request
}
node.inherits(Client, Connection);

function method(name, f) {
    define(Client.prototype, name, f);
}

[["get", "GET"], ["head", "HEAD"], ["post", "POST"], ["put", "PUT"],
 ["del", "DELETE"]].forEach(function (verb) {
    method(verb[0], function (path, fields) {
        return new ClientRequest(this, verb[1], path, fields);
    });
});

// Send the next request, opening a connection for it when there is none.
method("_next", function () {
    if (this._request !== null || this._requests.length === 0)
        return;
    if (!this._open)
        this.connect(this._port, this._host);
    else if (this._state === "open" && this._ready)
        this._begin(this._requests.shift());
});

method("_begin", function (request) {
    this._request = request;
    if (this._idle) {
        this._idle = false;
        tcp.setIdle(this._place, this._generation, false);
    }
    tcp.expect(this._place, this._generation, request.method === "HEAD");
    request._sending = true;
    this._write(request._text, BINARY);
    for (var i = 0; i < request._waiting.length; i += 2)
        this._write(request._waiting[i], request._waiting[i + 1]);
    request._waiting = [];
    cutShort(request);
});

method("_emitConnect", function () {
    this._ready = true; // until a request that is the last of the connection
    Connection.prototype._emitConnect.call(this);
    this._next();
});

method("_emitPiece", function (kind, status, flags) {
    switch (kind) {
    case PIECE_HEAD: this._emitResponse(status, flags); break;
    case PIECE_CONTENT: this._emitBody(); break;
    case PIECE_COMPLETE: this._emitComplete(); break;
    default: tcp.take(this._place, this._generation, BINARY); // unasked for
    }
});

var PIECE_HEAD = 1; // enum piece_kind of net/tcp_conn.h
var PIECE_CONTENT = 2;
var PIECE_COMPLETE = 3;

method("_emitResponse", function (status, flags) {
    var head = tcp.take(this._place, this._generation, BINARY);
    if (this._request === null || this._response !== null)
        return; // unasked for
    this._keeps = this._request._keeps && (flags & HEAD_KEEP_ALIVE) !== 0;
    this._response = new ClientResponse(this, status, flags, head);
    this._request.emit("response", this._response);
});

method("_emitBody", function () {
    var response = this._response;
    var chunk = tcp.take(this._place, this._generation,
                         response === null ? BINARY : response._encoding);
    if (response !== null && chunk.length > 0)
        response.emit("body", chunk);
});

// The request may still be being sent; then the rest of it is not.
method("_emitComplete", function () {
    var request = this._request;
    var response = this._response;
    tcp.take(this._place, this._generation, BINARY);
    if (response === null)
        return;
    var keeps = this._keeps && request._finished && this._state === "open";
    this._request = null;
    this._response = null;
    request._sending = false;
    if (keeps) {
        this._idle = true;
        tcp.setIdle(this._place, this._generation, true);
    } else {
        this._ready = false;
        this.close();
    }
    response.emit("complete");
    this._next();
});

method("_emitEof", function () {
    this._ready = false;
    Connection.prototype._emitEof.call(this);
    this.close();
});

// A request without a response, or one that could not even be sent, failed.
method("_emitClose", function (hadError) {
    var failed = this._response === null ? this._request : null;
    if (failed === null && this._request === null && hadError)
        failed = this._requests.shift() || null;
    this._request = null;
    this._response = null;
    this._ready = false;
    this._idle = false;
    if (failed !== null)
        failed._sending = false;
    Connection.prototype._emitClose.call(this, hadError);
    if (failed !== null) {
        failed.emit("error");
        this.emit("error");
    }
    this._next();
});

method("emit", function (event) {
    var result = EventEmitter.prototype.emit.apply(this, arguments);
    if (event === "drain" && this._request !== null)
        this._request.emit("drain");
    return result;
});

// ---- node.http.cat ----------------------------------------------------------

function cat(url, encoding) {
    if (typeof url !== "string")
        throw new TypeError("cat: url must be a string");
    var uri = internal.parseUri(url);
    if (uri.protocol !== "http" || uri.host === undefined)
        throw new Error("cat: " + JSON.stringify(url) + " is no http: address");
    var promise = new node.Promise();
    var client = new Client(uri.port || 80, uri.host);
    var path = uri.relative || "/";
    var hash = path.indexOf("#");
    var request = client.get(hash < 0 ? path : path.slice(0, hash) || "/");
    client.addListener("error", function () { promise.emitError(); });
    request.finish(function (response) {
        readAll(response, encoding, promise);
    });
    return promise;
}

function readAll(response, encoding, promise) {
    var content = "";
    var complete = false;
    response.setBodyEncoding(encoding === undefined ? "utf8" : encoding);
    response.addListener("body", function (chunk) { content += chunk; });
    response.addListener("complete", function () {
        complete = true;
        if (response.statusCode >= 200 && response.statusCode < 300)
            promise.emitSuccess(content);
        else
            promise.emitError(response.statusCode);
    });
    response.client.addListener("close", function () {
        if (!complete)
            promise.emitError();
    });
}

node.http.Client = Client;
node.http.ClientRequest = ClientRequest;
node.http.ClientResponse = ClientResponse;
node.http.createClient = function (port, host) {
    return new Client(port, host);
};
node.http.cat = cat;
