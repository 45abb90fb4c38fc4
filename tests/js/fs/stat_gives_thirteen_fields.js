// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var before = Date.now();
var name = scratch.file("name", "12345");
var stats = node.fs.stat(name).wait();
console.log(stats instanceof node.fs.Stats);        // expect: true
console.log(Object.keys(JSON.parse(JSON.stringify(stats))).join(" "));
// expect: dev ino mode nlink uid gid rdev size blksize blocks atime mtime ctime
console.log(Object.keys(stats).slice(0, 10).every(function (key) {
    return typeof stats[key] === "number";
}));                                                // expect: true
console.log(stats.size, stats.nlink, stats.rdev);   // expect: 5 1 0
console.log(stats.mode & ~0777, node.S_IFREG);      // expect: 32768 32768
console.log(stats.ino > 0, stats.blksize > 0);      // expect: true true
["atime", "mtime", "ctime"].forEach(function (key) {
    var age = stats[key] - before;
    console.log(stats[key] instanceof Date, age > -5000 && age < 60000);
});
// expect: true true
// expect: true true
// expect: true true
console.log(/T.*Z$/.test(JSON.parse(JSON.stringify(stats)).mtime));
// expect: true
