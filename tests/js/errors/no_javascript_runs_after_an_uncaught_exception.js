// SPDX-License-Identifier: MIT
// status: 1
// stderr: Error: first
var promise = new node.Promise();
setTimeout(function () { throw new Error("first"); }, 1);
for (var i = 1; i < 20; i++)
    setTimeout(function () { console.log("never"); }, i);
Promise.resolve().then(function () { for (var e = Date.now() + 50; Date.now() < e;); });
promise.wait();
console.log("never");
