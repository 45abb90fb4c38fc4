// SPDX-License-Identifier: MIT
// shards: 4
[undefined, null, 1, {}, ["ls"], "a\0b"].forEach(function (command) {
    try {
        node.createChildProcess(command);
    } catch (error) {
        console.log(/^Bad argument\./.test(error.message) +
                    " " + (error instanceof Error));
    }
});
try {
    node.createChildProcess(": " + "x".repeat(1 << 20));
} catch (error) {
    console.log(error.code + " " +
                /^cannot start ': x+': Arg/.test(error.message));
}
// expect: true true
// expect: true true
// expect: true true
// expect: true true
// expect: true true
// expect: true true
// expect: E2BIG true
