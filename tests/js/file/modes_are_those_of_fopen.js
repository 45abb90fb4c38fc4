// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var library = require("/file.js");
var name = scratch.path("file");
function use(mode) {
    library.write(name, "12345").wait();
    var file = new library.File(name, mode);
    var results = [scratch.outcome(file.write("ab")),
                   scratch.outcome(file.read(9, 0))];
    file.close().wait();
    console.log(mode, results.join(", "), library.read(name).wait());
}
use("r");  // expect: r EBADF Bad file descriptor, success ["12345",5] 12345
use("r+"); // expect: r+ success 2, success ["ab345",5] ab345
use("w");  // expect: w success 2, EBADF Bad file descriptor ab
use("w+"); // expect: w+ success 2, success ["ab",2] ab
use("a");  // expect: a success 2, EBADF Bad file descriptor 12345ab
use("a+"); // expect: a+ success 2, success ["12345ab",7] 12345ab

["x", "", undefined, "toString"].forEach(function (mode) {
    try {
        new library.File(name, mode);
    } catch (error) {
        console.log(String(error));
    }
});
// expect: Error: Unknown mode
// expect: Error: Unknown mode
// expect: Error: Unknown mode
// expect: Error: Unknown mode

["r", "r+"].forEach(function (mode) {
    var failed = new node.Promise();
    new library.File("/none/such", mode).addListener("error", function (e) {
        console.log(e.code);
        failed.emitSuccess();
    });
    failed.wait();
});
// expect: ENOENT
// expect: ENOENT
new library.File(scratch.path("new"), "a").close().wait();
console.log(library.read(scratch.path("new")).wait() === ""); // expect: true
