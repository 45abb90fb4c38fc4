// SPDX-License-Identifier: MIT
include("/utils.js");
var bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
var promise = new node.Promise();
WebAssembly.compile(bytes).then(function () { promise.emitSuccess("done"); });
puts(promise.wait());                               // expect: done
