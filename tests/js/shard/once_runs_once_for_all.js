// SPDX-License-Identifier: MIT
// shards: 4
var shard = node.shard;
var runs = new Int32Array(shard.shared("runs", 64));
function once(i, name, f) {
    return shard.once(name, function () { Atomics.add(runs, i, 1); return f(); });
}
var object = once(0, "object", function () { return {a: [1, new Date(5)]}; });
var promised = once(1, "promise", function () {
    var promise = new node.Promise();
    setTimeout(function () { promise.emitSuccess("later"); }, 20);
    return promise;
});
var native = once(2, "native", async function () { await null; return "native"; });
var nothing = once(3, "nothing", function () {});
var twice = once(0, "object", function () { return "other"; });
var thrown = once(4, "thrown", function () {
    throw Object.assign(new RangeError("for all"), {code: "EALL"});
});
var failed = once(5, "failed", async function () { throw "a string"; });
var unclonable = once(6, "unclonable", function () { return [function () {}]; });
console.log(object.wait().a[1].getTime());  // expect: 5
console.log(twice.wait().a[0]);             // expect: 1
console.log(promised.wait());               // expect: later
console.log(native.wait(), nothing.wait()); // expect: native undefined
function says(promise) {
    try {
        promise.wait();
    } catch (error) {
        console.log(String(error), error.code);
    }
}
says(thrown);       // expect: RangeError: for all EALL
says(failed);       // expect: Error: a string undefined
says(unclonable);
// expect: Error: the value of 'unclonable': value[0] is a function and cannot be cloned undefined
setTimeout(function () {
    console.log(once(0, "object", function () { return 0; }).wait().a[0]); // expect: 1
    says(once(4, "thrown", function () { return "too late"; }));
    // expect: RangeError: for all EALL
    console.log(Array.from(runs.slice(0, 8)).join());   // expect: 1,1,1,1,1,1,1,0
}, 100);
