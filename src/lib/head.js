// SPDX-License-Identifier: MIT
"use strict";

// head: the status line, or request line, and the fields of a message that is
// sent.

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
    this.comes = 0;  // how often, until it has one
    this.chunk = null;  // the content it was sent with last
    this.encoding = -1; // of the chunk
    this.repeats = 0;   // how often it came with that, until C keeps both
    this.changes = 0;   // how often it came with another
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
    if (next !== null && next.name === name && next.value === value)
        return next;
    next = makeHead(before, name, value);
    next.name = name;
    next.value = value;
    if (typeof value === "object" || typeof value === "function")
        return next; // its text may be another the next time
    return before.next = next;
}

function headOf(status, fields) {
    var head = addFields(statusHead(status), fields);
    if (head.number === 0 && ++head.comes > 1)
        head.number = native.http.keepHead(head.text, head.flags, head.length);
    return head;
}

// Some programs give all objects functions that for-in finds.
var hasOwnProperty = Object.prototype.hasOwnProperty;

function addFields(head, fields) {
    if (fields === undefined || fields === null)
        return head;
    if (typeof fields !== "object")
        throw new TypeError("sendHeader: headers must be an object or an " +
                            "array of [name, value] pairs");
    if (Array.isArray(fields))
        return headOfPairs(head, fields);
    for (var name in fields) {
        if (hasOwnProperty.call(fields, name))
            head = headAfter(head, name, fields[name]);
    }
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

// The same for a request, which is not remembered: `start` is its first line,
// or the head that goes on.
internal.headFrom = function (start, fields) {
    return addFields(typeof start === "string" ? new Head(start, 0, 0) : start,
                     fields);
};
internal.headOf = headOf;
internal.FINISH = FINISH;
internal.CHUNKED = CHUNKED;
internal.HAS_CONNECTION = HAS_CONNECTION;
internal.HAS_ENCODING = HAS_ENCODING;
internal.HAS_LENGTH = HAS_LENGTH;
internal.NO_CONTENT = NO_CONTENT;
internal.ENCODING_SHIFT = ENCODING_SHIFT;
internal.STATUS_CODES = STATUS_CODES;
