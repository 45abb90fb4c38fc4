// SPDX-License-Identifier: MIT
// stderr: ^warned \[1\]$
// stderr: ^failed$
console.log("a", 1, [2, "b"], { c: null });         // expect: a 1 [2,"b"] {"c":null}
console.log();                                      // expect:
console.log(undefined, function () {});             // expect: undefined [Function]
console.info("info");                               // expect: info
console.warn("warned", [1]);
console.error("failed");
var error = new TypeError("why");
error.stack = error.stack.split("\n")[0];
console.log(error);                                 // expect: TypeError: why
