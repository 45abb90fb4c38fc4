// SPDX-License-Identifier: MIT
var scratch = require("../fixtures/scratch.js");
var predicates = ["isFile", "isDirectory", "isBlockDevice",
                  "isCharacterDevice", "isSymbolicLink", "isFIFO", "isSocket"];
function types(stats) {
    return predicates.filter(function (name) {
        return stats[name]() === true;
    }).join();
}
function typesOf(name) { return types(node.fs.stat(name).wait()); }

var file = scratch.file("file", "");
var child = node.createChildProcess("cd " + ENV.SCRATCH + "/0 && " +
                                    "ln -s file link && mkfifo fifo");
child.addListener("exit", function () {
    console.log(typesOf(file));                     // expect: isFile
    console.log(typesOf(ENV.SCRATCH));              // expect: isDirectory
    console.log(typesOf("/dev/null"));              // expect: isCharacterDevice
    console.log(typesOf(scratch.path("fifo")));     // expect: isFIFO
    // stat() follows links.
    console.log(typesOf(scratch.path("link")));     // expect: isFile
    ["S_IFBLK", "S_IFSOCK", "S_IFLNK"].forEach(function (name) {
        var stats = new node.fs.Stats();
        stats.mode = node[name] | 0644;
        console.log(types(stats));
    });
    // expect: isBlockDevice
    // expect: isSocket
    // expect: isSymbolicLink
    console.log(node.fs.stat(file).wait().isDirectory()); // expect: false
});
