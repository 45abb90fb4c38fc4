// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var file = require("/file.js");
console.log(Object.keys(file).sort().join(), file.debugLevel);
// expect: File,debugLevel,read,write 0
console.log(file.read === node.fs.cat);             // expect: true
var name = scratch.path("file");
var promise = file.write(name, "\u00fcber\n");
console.log(promise instanceof node.Promise);       // expect: true
promise.addCallback(function () {
    console.log(arguments.length);                  // expect: 0
}).wait();
console.log(node.fs.stat(name).wait().size);        // expect: 6
console.log(escape(file.read(name).wait()));        // expect: %FCber%0A
file.write(name, "\u00fc", "binary").wait();        // shorter than before
console.log(escape(file.read(name, "binary").wait())); // expect: %FC
file.write(name, new Uint8Array([1, 2, 3])).wait();
console.log(file.read(name, "bytes").wait().join()); // expect: 1,2,3
file.write(name, "").wait();
console.log(node.fs.stat(name).wait().size);        // expect: 0
var large = Array(3000001).join("large ");
file.write(name, large).wait();
console.log(file.read(name).wait() === large);      // expect: true
