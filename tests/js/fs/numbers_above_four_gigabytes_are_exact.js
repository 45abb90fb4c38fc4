// SPDX-License-Identifier: MIT
var scratch = require("../fixtures/scratch.js");
var name = scratch.path("sparse");
var fd = node.fs.open(name, node.O_CREAT | node.O_RDWR).wait();
[2147483647, 4294967295, 4294967296, 13958643712].forEach(function (place) {
    node.fs.write(fd, "<" + place + ">", place).wait();
    console.log(node.fs.stat(name).wait().size - place,
                node.fs.read(fd, 20, place).wait()[0].replace(/\0/g, ""));
});
// expect: 12 <2147483647>
// expect: 12 <4294967295>
// expect: 12 <4294967296>
// expect: 13 <13958643712>
console.log(node.fs.read(fd, 4, 4294967294).wait()[0] === "\0<<4");
// expect: true
console.log(node.fs.stat(name).wait().size);        // expect: 13958643725
console.log(scratch.outcome(node.fs.cat(name)));
// expect: EFBIG File too large
// More than a string can hold: a read may always give less.
console.log(node.fs.read(fd, 9007199254740991, 13958643712).wait()[1]);
// expect: 13
