// SPDX-License-Identifier: MIT
"use strict";

// modules: require(), include() and what programs may know of them.
//
// A module is a function of src/bind_module.c's parameters, compiled from its
// file and called once, with its exports for `this`.  Its own require() and
// include() take paths relative to its directory, also when they are called
// after it was loaded.

var soon = internal.setTimeout;

// The libraries that come with us, by their absolute path: exports, made by
// the files after this one.  They stand in <prefix>/lib/node_libraries, behind
// what really is there.
internal.libraries = {};

function Module(filename) {
    this.filename = filename;
    this.exports = {};
    this.loaded = false;
}
Module.cache = Object.create(null); // by filename

node.Module = Module;
node.loadingModules = []; // from the outermost on
node.libraryPaths = [];   // see start.js

// ---- From what is asked for to a filename ----------------------------------

function ownLibraries() {
    return node.installPrefix + "/lib/node_libraries";
}

function findInLibraries(path) {
    var directories = node.libraryPaths;
    for (var i = 0; i < directories.length; i++) {
        var directory = String(directories[i]);
        var filename = internal.absolute(directory + path);
        if (native.module.isFile(filename))
            return filename;
        if (directory === ownLibraries() && path in internal.libraries)
            return filename;
    }
    if (path in internal.libraries)
        return ownLibraries() + path;
    throw new Error("Cannot find module '" + path + "'");
}

function resolve(path, directory) {
    if (typeof path !== "string" || path === "")
        throw new TypeError("the path of a module must be a string");
    if (path[0] === "/")
        return findInLibraries(internal.normalize(path));
    return internal.normalize(directory + "/" + path);
}

// ---- Loading ---------------------------------------------------------------

// Its exports are visible from the start, so that a cycle sees what is there.
function load(filename) {
    var module = Module.cache[filename];
    if (module !== undefined)
        return module.exports;
    module = Module.cache[filename] = new Module(filename);
    node.loadingModules.push(module);
    try {
        run(module);
        module.loaded = true;
    } finally {
        node.loadingModules.splice(node.loadingModules.indexOf(module), 1);
        if (!module.loaded)
            delete Module.cache[filename];
    }
    return module.exports;
}

function run(module) {
    var filename = module.filename;
    var library = bundled(filename);
    if (library !== undefined) {
        module.exports = library;
        return;
    }
    if (filename.endsWith(".node")) {
        native.extension.load(filename, module.exports);
        return;
    }
    var call = native.module.compile(native.module.read(filename), filename);
    var own = functionsFor(filename);
    call.call(module.exports, own.require, own.include, own.require_async,
              own.include_async, module.exports, filename);
}

function bundled(filename) {
    var prefix = ownLibraries();
    if (!filename.startsWith(prefix) || native.module.isFile(filename))
        return undefined;
    return internal.libraries[filename.slice(prefix.length)];
}

function copyToGlobals(exports) {
    Object.keys(exports).forEach(function (name) {
        globalThis[name] = exports[name];
    });
    return exports;
}

// The promise of what f(exports) is for a module, not before the next turn.
// f's promise fails with what the module threw; what a listener throws is
// nobody's but the listener's.
function loadLater(path, directory, f) {
    var promise = new node.Promise();
    soon(function () {
        try {
            var exports = f(load(resolve(path, directory)));
        } catch (error) {
            promise.emitError(error);
            return;
        }
        promise.emitSuccess(exports);
    }, 0);
    return promise;
}

function same(exports) {
    return exports;
}

// The four functions, for the code of one file.
function functionsFor(filename) {
    var directory = filename.slice(0, filename.lastIndexOf("/"));
    return {
        require: function (path) {
            return load(resolve(path, directory));
        },
        include: function (path) {
            copyToGlobals(load(resolve(path, directory)));
        },
        require_async: function (path) {
            return loadLater(path, directory, same);
        },
        include_async: function (path) {
            return loadLater(path, directory, copyToGlobals);
        }
    };
}

// ---- For programs ----------------------------------------------------------

// The promise of a module's exports; a relative path is the main script's.
node.loadModule = function (path) {
    return globalThis.require_async(path);
};

// The value of a script, run in the global scope.
node.compile = function (source, filename) {
    if (arguments.length < 2)
        throw new TypeError("node.compile() needs a source and a filename");
    return native.module.run(String(source), String(filename));
};

// Loads an extension anew, and has it fill the target.
node.dlopen = function (file, target) {
    if (typeof file !== "string" || file === "")
        throw new TypeError("node.dlopen() needs the path of an extension");
    if (file[0] !== "/")
        file = node.cwd() + "/" + file;
    native.extension.load(internal.normalize(file), target);
};

// The way in for the C of extensions: src/bind_extension.c.
internal.enterExtension = native.extension.enter;

// ---- The main script -------------------------------------------------------

// A module too, whose exports become globals.  Code that is no file's (eval,
// node.compile) has its require().
internal.runMain = function (filename) {
    defineFunctions(filename);
    copyToGlobals(load(filename));
};

function defineFunctions(filename) {
    var own = functionsFor(filename);
    Object.keys(own).forEach(function (name) {
        internal.define(globalThis, name, own[name]);
    });
}

// Without a main script.
internal.runRepl = function () {
    internal.isInteractive = true;
    defineFunctions(node.cwd() + "/repl");
    globalThis.require("/repl.js");
};
