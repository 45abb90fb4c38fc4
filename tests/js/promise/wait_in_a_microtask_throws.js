// SPDX-License-Identifier: MIT
include("/utils.js");
var promise = new node.Promise();
setTimeout(function () { promise.emitSuccess(); }, 1);
Promise.resolve().then(function () {
    try { promise.wait(); } catch (e) { puts(/microtask/.test(e.message)); }
    // expect: true
});
(async function () {
    await null;
    try { promise.wait(); } catch (e) { puts(/microtask/.test(e.message)); }
    // expect: true
})();
