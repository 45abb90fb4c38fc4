// SPDX-License-Identifier: MIT
"use strict";

// fs: node.fs, and node.cat.
//
// Arguments are checked here; src/bind_fs.c makes the call on a thread of its
// own and then says how it went, by the number it was given.

var fs = native.fs;
var encodingOf = internal.encodingOf;
var UTF8 = internal.UTF8;
var BINARY = internal.BINARY;
var HERE = -1; // the descriptor's own position

// ---- Arguments --------------------------------------------------------------

function bad(method, name, must) {
    throw new TypeError("Bad argument: " + name + " of " + method +
                        "() must be " + must);
}

function checkPath(method, name, value) {
    if (typeof value !== "string" || value.includes("\0"))
        bad(method, name, "a string without NUL");
}

function checkInteger(method, name, value) {
    if (typeof value !== "number" || (value | 0) !== value)
        bad(method, name, "an integer");
}

// Up to 2^53, which is exact.
function checkSize(method, name, value) {
    if (!Number.isSafeInteger(value) || value < 0)
        bad(method, name, "an integer from 0 on");
}

function checkPosition(method, value) {
    if (value === undefined || value === null)
        return;
    if (!Number.isSafeInteger(value) || value < 0)
        bad(method, "position", "an integer from 0 on, or null");
}

function checkData(method, data) {
    if (typeof data !== "string" && !ArrayBuffer.isView(data) &&
        !(data instanceof ArrayBuffer))
        bad(method, "data", "a string, typed array or ArrayBuffer");
}

function modeOf(method, mode, otherwise) {
    if (mode === undefined || mode === null)
        return otherwise;
    checkInteger(method, "mode", mode);
    return mode;
}

function positionOf(position) {
    return position === undefined || position === null ? HERE : position;
}

// ---- Calls ------------------------------------------------------------------

var pending = new Map(); // promises by number
var last = 0;

function begin(call, ...values) {
    var promise = new node.Promise();
    call(++last, ...values);
    pending.set(last, promise);
    return promise;
}

function take(number) {
    var promise = pending.get(number);
    pending.delete(number);
    return promise;
}

// From C.
internal.fileDone = function (number, ...values) {
    take(number).emitSuccess(...values);
};

internal.fileFailed = function (number, error) {
    take(number).emitError(error);
};

// ---- node.fs ----------------------------------------------------------------

function Stats() {}

function predicate(name, type) {
    internal.define(Stats.prototype, name, function () {
        return (this.mode & node.S_IFMT) === type;
    });
}
predicate("isFile", node.S_IFREG);
predicate("isDirectory", node.S_IFDIR);
predicate("isBlockDevice", node.S_IFBLK);
predicate("isCharacterDevice", node.S_IFCHR);
predicate("isSymbolicLink", node.S_IFLNK);
predicate("isFIFO", node.S_IFIFO);
predicate("isSocket", node.S_IFSOCK);

function statsOf(numbers) {
    var stats = new Stats();
    [stats.dev, stats.ino, stats.mode, stats.nlink, stats.uid, stats.gid,
     stats.rdev, stats.size, stats.blksize, stats.blocks] = numbers;
    stats.atime = new Date(numbers[10]);
    stats.mtime = new Date(numbers[11]);
    stats.ctime = new Date(numbers[12]);
    return stats;
}

node.fs = {
    Stats: Stats,

    rename: function (path1, path2) {
        checkPath("rename", "path1", path1);
        checkPath("rename", "path2", path2);
        return begin(fs.rename, path1, path2);
    },

    stat: function (path) {
        checkPath("stat", "path", path);
        var promise = new node.Promise();
        begin(fs.stat, path).addCallback(function (numbers) {
            promise.emitSuccess(statsOf(numbers));
        }).addErrback(function (error) {
            promise.emitError(error);
        });
        return promise;
    },

    unlink: function (path) {
        checkPath("unlink", "path", path);
        return begin(fs.unlink, path);
    },

    rmdir: function (path) {
        checkPath("rmdir", "path", path);
        return begin(fs.rmdir, path);
    },

    mkdir: function (path, mode) {
        checkPath("mkdir", "path", path);
        return begin(fs.mkdir, path, modeOf("mkdir", mode, 0o777));
    },

    readdir: function (path) {
        checkPath("readdir", "path", path);
        return begin(fs.readdir, path);
    },

    open: function (path, flags, mode) {
        checkPath("open", "path", path);
        checkInteger("open", "flags", flags);
        return begin(fs.open, path, flags, modeOf("open", mode, 0o666));
    },

    close: function (fd) {
        checkInteger("close", "fd", fd);
        return begin(fs.close, fd);
    },

    write: function (fd, data, position, encoding) {
        checkInteger("write", "fd", fd);
        checkData("write", data);
        checkPosition("write", position);
        return begin(fs.write, fd, data, positionOf(position),
                     encodingOf(encoding, BINARY));
    },

    read: function (fd, length, position, encoding) {
        checkInteger("read", "fd", fd);
        checkSize("read", "length", length);
        checkPosition("read", position);
        return begin(fs.read, fd, length, positionOf(position),
                     encodingOf(encoding, BINARY));
    },

    cat: function (filename, encoding) {
        checkPath("cat", "filename", filename);
        return begin(fs.cat, filename, encodingOf(encoding, UTF8));
    },

    exists: function (path, callback) {
        checkPath("exists", "path", path);
        if (typeof callback !== "function")
            bad("exists", "callback", "a function");
        begin(fs.stat, path).addCallback(function () {
            callback(true);
        }).addErrback(function () {
            callback(false);
        });
    }
};

node.cat = function (location, encoding) {
    if (typeof location === "string" && location.startsWith("http://"))
        return node.http.cat(location, encoding);
    return node.fs.cat(location, encoding);
};

// For /file.js: the contents of a file, whole; and what to find out before a
// call has its turn.
internal.writeFile = function (path, data, encoding) {
    checkPath("write", "filename", path);
    checkData("write", data);
    return begin(fs.writeFile, path, data, encodingOf(encoding, UTF8));
};
internal.checkPath = checkPath;
internal.checkData = checkData;
internal.checkSize = checkSize;
internal.checkPosition = checkPosition;
