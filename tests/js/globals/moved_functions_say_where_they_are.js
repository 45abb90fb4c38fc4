// SPDX-License-Identifier: MIT
function report(f) {
    try {
        f();
    } catch (error) {
        console.log(error instanceof Error, /\/utils\.js/.test(error.message));
    }
}
report(function () { puts("x"); });                 // expect: true true
report(function () { print("x"); });                // expect: true true
report(function () { p("x"); });                    // expect: true true
report(function () { node.debug("x"); });           // expect: true true
report(function () { node.error("x"); });           // expect: true true
report(function () { node.exec("x"); });            // expect: true true
try {
    node.createProcess("ls");
} catch (text) {
    console.log(typeof text, /createChildProcess/.test(text));
    // expect: string true
}
include("/utils.js");
puts("back");                                       // expect: back
