// SPDX-License-Identifier: MIT
// options: --cores 2
var memory = new Int32Array(node.shard.shared("memory", 4));
var holding = setTimeout(function () { console.log("not woken"); }, 60000);
if (node.shard.id === 1) {
    try {
        Atomics.wait(memory, 0, 0, 1);
    } catch (error) {
        console.log(error.name);                // expect: TypeError
    }
    Atomics.waitAsync(memory, 0, 0).value.then(function (how) {
        console.log(how, memory[0]);            // expect: ok 7
        clearTimeout(holding);
    });
    node.shard.send(0, "waiting");
} else {
    node.shard.addListener("message", function () {
        memory[0] = 7;
        var woken = Atomics.notify(memory, 0);
        if (woken !== 1)
            console.log("woken: " + woken);
        clearTimeout(holding);
    });
}
