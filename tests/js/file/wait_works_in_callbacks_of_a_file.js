// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var file = new (require("/file.js").File)(scratch.path("file"), "w+");
function descend(level) {
    file.write(String(level)).addCallback(function () {
        if (level > 0)
            descend(level - 1);
        console.log(level, file.read(20, 0).wait()[0]);
    }).wait();
}
descend(9);
// expect: 0 9876543210
// expect: 1 9876543210
// expect: 2 9876543210
// expect: 3 9876543210
// expect: 4 9876543210
// expect: 5 9876543210
// expect: 6 9876543210
// expect: 7 9876543210
// expect: 8 9876543210
// expect: 9 9876543210
