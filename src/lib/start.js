// SPDX-License-Identifier: MIT
"use strict";

// start: what C calls on each shard, at the start and at the end.

function directoryOf(path) {
    return path.slice(0, path.lastIndexOf("/"));
}

// Libraries are installed beside bin/; a node that is not in a bin/ has them
// beside itself.
function prefixOf(executable) {
    var directory = directoryOf(executable);
    return directory.endsWith("/bin") ? directoryOf(directory) : directory;
}

function libraryPaths(env) {
    var paths = (env.NODE_LIBRARY_PATHS || "").split(":");
    if (env.HOME)
        paths.push(env.HOME + "/.node_libraries");
    paths.push(node.installPrefix + "/lib/node_libraries", "/");
    return paths.filter(function (path) { return path !== ""; });
}

internal.start = function () {
    // 1. What this shard is.
    var info = native.process.info();
    var argv = info.argv;
    if (argv.length > 1)
        argv[1] = internal.absolute(argv[1]);
    internal.define(globalThis, "ARGV", argv);
    internal.define(globalThis, "ENV", info.env);
    internal.placeShard(info.id, info.count);

    // 2. Where it finds libraries.
    node.installPrefix = prefixOf(argv[0]);
    node.libraryPaths = libraryPaths(info.env);

    // 3. The program.
    if (argv.length > 1)
        internal.runMain(argv[1]);
    else
        internal.runRepl();

    // 4. Its siblings may speak to it now.
    internal.shardStarted();
};

node.cwd = native.process.cwd;

// ---- The end ---------------------------------------------------------------

internal.exiting = false;

// Emits "exit", once.
internal.exit = function () {
    if (internal.exiting)
        return;
    internal.exiting = true;
    node.EventEmitter.prototype.emit.call(globalThis, "exit");
};

// Within an "exit" listener it ends what was left of them.
node.exit = function (code) {
    internal.exit();
    native.process.exit(Number(code) | 0);
};

node.reallyExit = function (code) {
    native.process.exit(Number(code) | 0);
};
