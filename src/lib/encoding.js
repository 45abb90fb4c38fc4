// SPDX-License-Identifier: MIT
"use strict";

// encoding: what strings are to bytes.

// enum encoding of src/encoding.h.
var BINARY = 0;
var UTF8 = 1;
var BYTES = 2;

var warned = { __proto__: null }; // by name

function warnOf(name) {
    if (warned[name.toLowerCase()])
        return;
    warned[name.toLowerCase()] = true;
    native.output.error('"' + name + '" is an obsolete encoding: ' +
                        'use "binary"\n');
}

// Whatever is no encoding is the function's default.
function encodingOf(name, otherwise) {
    switch (name) {
    case undefined: return otherwise;
    case "utf8": return UTF8;
    case "ascii": case "binary": return BINARY;
    case "bytes": return BYTES;
    }
    switch (String(name).toLowerCase()) {
    case "utf8": case "utf-8": return UTF8;
    case "ascii": case "binary": return BINARY;
    case "bytes": return BYTES;
    case "raw": case "raws":
        warnOf(String(name));
        return BINARY;
    }
    return otherwise;
}

// What a program may send: a string stays one, everything else becomes bytes,
// which may be the program's own.
function contentOf(chunk, method) {
    if (typeof chunk === "string")
        return chunk;
    if (Array.isArray(chunk))
        return bytesOf(chunk, method);
    if (ArrayBuffer.isView(chunk))
        return new Uint8Array(chunk.buffer, chunk.byteOffset,
                              chunk.byteLength);
    if (chunk instanceof ArrayBuffer)
        return new Uint8Array(chunk);
    throw new TypeError(method + ": chunk must be a string, an array of " +
                        "integers, a typed array or an ArrayBuffer");
}

function bytesOf(integers, method) {
    var bytes = new Uint8Array(integers.length);
    for (var i = 0; i < integers.length; i++) {
        var byte = integers[i];
        if (typeof byte !== "number" || (byte & 255) !== byte)
            throw new TypeError(method + ": chunk[" + i +
                                "] is no integer from 0 to 255");
        bytes[i] = byte;
    }
    return bytes;
}

internal.BINARY = BINARY;
internal.UTF8 = UTF8;
internal.BYTES = BYTES;
internal.encodingOf = encodingOf;
internal.contentOf = contentOf;
