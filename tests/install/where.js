// SPDX-License-Identifier: MIT
//
// Says where node is, and complains of each file mapped that is from elsewhere.

console.log(ARGV[0]);
console.log(node.installPrefix);
console.log(node.libraryPaths[node.libraryPaths.length - 2]);
console.log(require("/installed.js").installed);

var fs = node.fs;
var fd = fs.open("/proc/self/maps", node.O_RDONLY, 0).wait();
var maps = "", piece;
while ((piece = fs.read(fd, 65536, null, "binary").wait()[0]))
    maps += piece;
maps.split("\n").forEach(function (line) {
    var file = line.replace(/^[^\/]*/, "");
    if (file.startsWith(node.installPrefix + "/lib/node/") ||
        /^(|\/(memfd|dev|usr\/lib\/locale).*)$/.test(file))
        return;
    console.log("mapped: " + file);
});
