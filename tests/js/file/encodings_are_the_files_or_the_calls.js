// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var File = require("/file.js").File;
var file = new File(scratch.path("file"), "w+", { encoding: "binary" });
console.log(file.encoding);                         // expect: binary
console.log(file.write("\u00fc").wait());           // expect: 1
console.log(file.write("\u00fc", null, "utf8").wait()); // expect: 2
console.log(file.write("\u00fc", 3, "klingon").wait()); // expect: 1
console.log(escape(file.read(9, 0).wait()[0]));     // expect: %FC%C3%BC%FC
console.log(escape(file.read(2, 1, "utf8").wait()[0])); // expect: %FC
console.log(file.read(9, 0, "bytes").wait()[0].join());
// expect: 252,195,188,252
file.close();
var other = new File(scratch.path("other"), "w+", {});
console.log(other.encoding, other.write("\u00fc", 0, "klingon").wait());
// expect: utf8 2
// Bytes are those at the time of the call.
var bytes = new Uint8Array([1, 2]);
other.write("long enough to take its time", 0);
var written = other.write(bytes, 0);
bytes.fill(9);
written.wait();
console.log(other.read(2, 0, "bytes").wait()[0].join()); // expect: 1,2
