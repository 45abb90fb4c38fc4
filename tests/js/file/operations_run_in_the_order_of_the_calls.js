// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var File = require("/file.js").File;
var file = new File(scratch.path("file"), "w+");
console.log(file instanceof node.EventEmitter, file.fd); // expect: true null
console.log(file.filename === scratch.path("file"), file.encoding);
// expect: true utf8
console.log(file.flags === (node.O_CREAT | node.O_TRUNC | node.O_RDWR));
// expect: true
// Before it is open, each longer than the next.
var order = [];
for (var i = 0; i < 20; i++) {
    (function (i) {
        var text = Array(200001 - i * 10000).join("x") + "\n";
        file.write(text).addCallback(function (written) {
            order.push(written === text.length ? i : "wrong");
        });
    })(i);
}
file.read(3, 0).addCallback(function (data, bytes) {
    console.log(order.join(), typeof file.fd);
    // expect: 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19 number
    console.log(data, bytes);                       // expect: xxx 3
});
setTimeout(function () {
    file.write("\u00fc", 0).addCallback(function (written) {
        console.log(written);                       // expect: 2
    });
    file.read(2, 0).addCallback(function (data) {
        console.log(escape(data));                  // expect: %FC
    });
    file.read(2, 1e9).addCallback(function (data, bytes) {
        console.log(data, bytes);                   // expect: null 0
    });
    file.close().addCallback(function () {
        console.log(arguments.length, file.fd);     // expect: 0 null
        var lines = node.fs.cat(file.filename).wait().split("\n");
        console.log(lines.length, lines[19].length); // expect: 21 10000
    });
}, 50);
