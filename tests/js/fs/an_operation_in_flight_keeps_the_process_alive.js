// SPDX-License-Identifier: MIT
// shards: 2
node.fs.stat("/").addCallback(function () {
    node.fs.stat("/").addCallback(function () {
        console.log("second");                      // expect: second
    });
});
process.addListener("exit", function () { console.log("exit"); });
// expect: exit
