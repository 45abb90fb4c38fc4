// SPDX-License-Identifier: MIT
// shards: 4
function attempt(name) {
    try {
        console.log(node.stdio[name]());
    } catch (error) {
        console.log(error.message);
    }
}
console.log(node.stdio instanceof node.EventEmitter);
attempt("close");
var synchronous = true;
node.stdio.addListener("close", function () {
    console.log("close " + synchronous + " " + arguments.length + " " +
                (this === node.stdio));
    attempt("open");
    attempt("close");
});
attempt("open");
attempt("open");
synchronous = false;
// expect: true
// expect: stdin not open
// expect: undefined
// expect: stdin already open
// expect: close false 0 true
// expect: stdin already closed
// expect: stdin not open
