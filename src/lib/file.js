// SPDX-License-Identifier: MIT
"use strict";

// file: the library "/file.js": an open file whose operations run one after
// another, and whole files at once.

var library = internal.libraries["/file.js"] = {};
var NO_FD = -1; // calls on it fail, some turns later like any other
var MODE = 0o666;

var flagsOf = {
    __proto__: null,
    "r": node.O_RDONLY,
    "r+": node.O_RDWR,
    "w": node.O_CREAT | node.O_TRUNC | node.O_WRONLY,
    "w+": node.O_CREAT | node.O_TRUNC | node.O_RDWR,
    "a": node.O_APPEND | node.O_CREAT | node.O_WRONLY,
    "a+": node.O_APPEND | node.O_CREAT | node.O_RDWR
};

var encodingOf = internal.encodingOf;
var UTF8 = internal.UTF8;
var names = [];
names[internal.BINARY] = "binary";
names[UTF8] = "utf8";
names[internal.BYTES] = "bytes";

var queue = Symbol("queue");     // functions; the first one runs
var failure = Symbol("failure"); // why it could not be opened

function next(file) {
    file[queue].shift();
    if (file[queue].length > 0)
        file[queue][0]();
}

// The promise of call(fd), which is made when all before it are done.  The
// next one is made before the promise is completed: a listener may wait() for
// it.
function enqueue(file, call) {
    var promise = new node.Promise();
    file[queue].push(function () {
        call(file.fd === null ? NO_FD : file.fd)
            .addCallback(function (...values) {
                next(file);
                promise.emitSuccess(...values);
            })
            .addErrback(function (error) {
                next(file);
                promise.emitError(file[failure] || error);
            });
    });
    if (file[queue].length === 1)
        file[queue][0]();
    return promise;
}

function open(file) {
    return node.fs.open(file.filename, file.flags, MODE)
        .addCallback(function (fd) { file.fd = fd; })
        .addErrback(function (error) { file[failure] = error; });
}

function File(filename, mode, options) {
    internal.checkPath("File", "filename", filename);
    if (!(mode in flagsOf))
        throw new Error("Unknown mode");
    var file = this;
    file.filename = filename;
    file.flags = flagsOf[mode];
    file.encoding = options && options.encoding || "utf8";
    file.fd = null; // but while it is open
    file[queue] = [];
    enqueue(file, function () {
        return open(file);
    }).addErrback(function (error) {
        file.emit("error", error);
    });
}
node.inherits(File, node.EventEmitter);
internal.define(File.prototype, "constructor", File);

// What is no encoding is the file's.
function encodingFor(file, encoding) {
    return names[encodingOf(encoding, encodingOf(file.encoding, UTF8))];
}

function method(name, f) {
    internal.define(File.prototype, name, f);
}

method("write", function (data, position, encoding) {
    internal.checkData("write", data);
    internal.checkPosition("write", position);
    if (typeof data !== "string")
        data = internal.contentOf(data, "write").slice(); // it may change
    encoding = encodingFor(this, encoding);
    return enqueue(this, function (fd) {
        return node.fs.write(fd, data, position, encoding);
    });
});

method("read", function (length, position, encoding) {
    internal.checkSize("read", "length", length);
    internal.checkPosition("read", position);
    encoding = encodingFor(this, encoding);
    return enqueue(this, function (fd) {
        return node.fs.read(fd, length, position, encoding);
    });
});

method("close", function () {
    var file = this;
    return enqueue(file, function (fd) {
        file.fd = null;
        return node.fs.close(fd);
    });
});

library.File = File;
library.read = node.fs.cat;
library.write = internal.writeFile;
library.debugLevel = 0;
