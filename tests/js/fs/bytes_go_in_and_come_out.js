// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var name = scratch.path("file");
var fd = node.fs.open(name, node.O_CREAT | node.O_RDWR).wait();
var bytes = new Uint8Array([9, 1, 0, 255, 9]);
var promise = node.fs.write(fd, bytes.subarray(1, 4), 0);
bytes.fill(7); // too late
console.log(promise.wait());                                // expect: 3
var answer = node.fs.read(fd, 10, 0, "bytes").wait();
console.log(answer[0] instanceof Uint8Array, answer[0].join(), answer[1]);
// expect: true 1,0,255 3
console.log(node.fs.read(fd, 10, 3, "bytes").wait()[0]);    // expect: null
console.log(node.fs.cat(name, "bytes").wait().join());      // expect: 1,0,255
console.log(node.fs.write(fd, new Uint16Array([513]), 3).wait()); // expect: 2
console.log(node.fs.write(fd, new ArrayBuffer(2), 5).wait()); // expect: 2
console.log(node.fs.cat(name, "bytes").wait().join());
// expect: 1,0,255,1,2,0,0
console.log(node.fs.write(fd, "", 0).wait());               // expect: 0
