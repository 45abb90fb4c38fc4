// extension: state.c
// shards: 4
var directory = ENV.EXTENSIONS;
var path = directory + "/state.node";
var state = require(path);
console.log(require(path) === state, state.next(), state.next());
// expect: true 0 1
console.log(node.Module.cache[path].exports === state,
            node.Module.cache[path].loaded); // expect: true true

// By library path, by a path with dots, and asynchronously it is the same.
node.libraryPaths.unshift(directory);
console.log(require("/state.node") === state); // expect: true
console.log(require(directory + "/./x/../state.node") === state);
// expect: true
console.log(require_async("/state.node").wait() === state); // expect: true

// Relative to the file that asks.
node.fs.open(directory + "/asks" + node.shard.id + ".js",
             node.O_CREAT | node.O_WRONLY, 0600).addCallback(function (fd) {
    node.fs.write(fd, "exports.state = require('./state.node');").wait();
    node.fs.close(fd).wait();
}).wait();
console.log(require("/asks" + node.shard.id + ".js").state === state);
// expect: true

// include() makes the exports global.
include("/state.node");
console.log(next(), add()); // expect: 2 1

// dlopen() loads it anew, and fills what it is given.
var target = { a: 1 };
console.log(node.dlopen(path, target), Object.keys(target), target.next());
// expect: undefined ["a","next","add"] 0
console.log(state.next()); // expect: 3
["", undefined, 1].forEach(function (file) {
    try {
        node.dlopen(file, {});
    } catch (error) {
        console.log(String(error));
        // expect: TypeError: node.dlopen() needs the path of an extension
        // expect: TypeError: node.dlopen() needs the path of an extension
        // expect: TypeError: node.dlopen() needs the path of an extension
    }
});
try {
    node.dlopen(path);
} catch (error) {
    console.log(String(error));
    // expect: TypeError: an extension needs an object to fill
}
