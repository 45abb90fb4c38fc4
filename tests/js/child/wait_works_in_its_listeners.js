// SPDX-License-Identifier: MIT
// shards: 4
function later(ms) {
    var promise = new node.Promise();
    setTimeout(function () { promise.emitSuccess(); }, ms);
    return promise;
}
var child = node.createChildProcess("echo 1; sleep 0.1; echo 2; exit 4");
child.addListener("output", function (data) {
    later(300).wait();
    console.log(data === null ? null : data.trim());
});
var exit = new node.Promise();
child.addListener("exit", function (code) {
    console.log("exit");
    exit.emitSuccess(code);
});
console.log(exit.wait());
// Deepest first: the waits that began later end earlier.
// expect: exit
// expect: null
// expect: 2
// expect: 1
// expect: 4
