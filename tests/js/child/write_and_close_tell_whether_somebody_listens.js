// SPDX-License-Identifier: MIT
// shards: 4
var child = node.createChildProcess("cat");
console.log(child.write("x"), child.close());
console.log(child.write("x"), child.close());
child.addListener("exit", function () {
    console.log(this.write("x"), this.close());
    var other = new node.ChildProcess();
    console.log(other.write("x"), other.close());
    listenToDeaf();
});

// One that closes its stdin: what is written into a pipe without a reader is
// lost, and from then on refused.
function listenToDeaf() {
    var deaf = node.createChildProcess("exec 0<&-; echo; exec sleep 60");
    var dead = false;
    deaf.addListener("exit", function () { dead = true; });
    deaf.addListener("output", function (data) {
        if (data === null)
            return;
        var timer = setInterval(function () {
            if (deaf.write("lost"))
                return;
            clearInterval(timer);
            console.log("deaf", dead);
            deaf.kill();
        }, 20);
    });
}
// expect: true true
// expect: false false
// expect: false false
// expect: false false
// expect: deaf false
