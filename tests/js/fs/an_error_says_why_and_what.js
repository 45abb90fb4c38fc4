// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var promise = node.fs.stat("/none/such").addErrback(function (error) {
    console.log(arguments.length, error instanceof Error); // expect: 1 true
    console.log(error.message);             // expect: No such file or directory
    console.log(error.code, error.errno === node.ENOENT); // expect: ENOENT true
    console.log(error.syscall, error.path); // expect: stat /none/such
    console.log(error.stack.split("\n")[0]);
    // expect: Error: stat /none/such: No such file or directory
    console.log(String(error));
    // expect: Error: No such file or directory
}).addCallback(function () { console.log("never"); });
scratch.outcome(promise);
try {
    node.fs.rename("/none/a", "/none/b").wait();
} catch (error) {
    console.log(error.path, error.path2);   // expect: /none/a /none/b
    console.log(error.stack.split("\n")[0]);
    // expect: Error: rename /none/a /none/b: No such file or directory
}
try {
    node.fs.read(99999, 1).wait();
} catch (error) {
    console.log(error.syscall, "path" in error); // expect: read false
}
console.log(scratch.outcome(node.fs.cat("/none/such")));
// expect: ENOENT Could not open /none/such
