// SPDX-License-Identifier: MIT
// shards: 4
var child = node.createChildProcess("cat");
console.log(child.write("x"), child.close());
console.log(child.write("x"), child.close());
child.addListener("exit", function () {
    console.log(this.write("x"), this.close());
    var other = new node.ChildProcess();
    console.log(other.write("x"), other.close());
});

// One that closes its stdin, then reads no more.
var deaf = node.createChildProcess("exec 0<&-; echo; sleep 0.5");
deaf.addListener("output", function (data) {
    if (data === null)
        return;
    deaf.write("lost");
    setTimeout(function () { console.log("deaf", deaf.write("x")); }, 100);
});
// expect: true true
// expect: false false
// expect: false false
// expect: false false
// expect: deaf false
