// SPDX-License-Identifier: MIT
// shards: 4
(function () {
    node.createChildProcess("sleep 0.5").addListener("exit", function () {
        console.log("exit");
    });
})();
process.addListener("exit", function () { console.log("the end"); });
// expect: exit
// expect: the end
