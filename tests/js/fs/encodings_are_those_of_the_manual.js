// SPDX-License-Identifier: MIT
// stderr: "raw" is an obsolete encoding
// stderr: "RAWS" is an obsolete encoding
var scratch = require("../fixtures/scratch.js");
var fd = node.fs.open(scratch.path("file"), node.O_CREAT | node.O_RDWR).wait();
function written(data, encoding) {
    var n = node.fs.write(fd, data, 0, encoding).wait();
    return n + " " + escape(node.fs.read(fd, n, 0).wait()[0]);
}
console.log(written("\u20ac"));             // expect: 1 %AC
console.log(written("\u20ac", "ascii"));    // expect: 1 %AC
console.log(written("\xfc", "binary"));     // expect: 1 %FC
console.log(written("\u20ac", "utf8"));     // expect: 3 %E2%82%AC
console.log(written("\u20ac", "UTF8"));     // expect: 3 %E2%82%AC
console.log(written("\u20ac", "klingon"));  // expect: 1 %AC
console.log(written("\u20ac", "raw"));      // expect: 1 %AC
function read(encoding) {
    var answer = node.fs.read(fd, 3, 0, encoding).wait();
    return escape(answer[0]) + " " + answer[1];
}
node.fs.write(fd, "\xe2\x82\xac", 0).wait();
console.log(read());                        // expect: %E2%82%AC 3
console.log(read("binary"));                // expect: %E2%82%AC 3
console.log(read("ascii"));                 // expect: %E2%82%AC 3
console.log(read("Utf8"));                  // expect: %u20AC 3
console.log(read("RAWS"));                  // expect: %E2%82%AC 3
console.log(escape(node.fs.cat(scratch.path("file")).wait()));
// expect: %u20AC
console.log(escape(node.fs.cat(scratch.path("file"), "binary").wait()));
// expect: %E2%82%AC
node.fs.write(fd, "\xff\0\xfe", 0).wait();
console.log(read("utf8"), read());
// expect: %uFFFD%00%uFFFD 3 %FF%00%FE 3
var all = "";
for (var i = 0; i < 256; i++)
    all += String.fromCharCode(i);
node.fs.write(fd, all, 0).wait();
console.log(node.fs.read(fd, 256, 0).wait()[0] === all); // expect: true
