// SPDX-License-Identifier: MIT
// shards: 2
var shard = node.shard;
var next = (shard.id + 1) % shard.count;
function Inherits(message) { this.message = message; this.code = "EINHERITS"; }
node.inherits(Inherits, Error);

shard.expose("throws", function throwing() { throw new RangeError("too far"); });
shard.expose("coded", function () {
    throw Object.assign(new Error("gone"), {code: "ENOENT", errno: 2}); });
shard.expose("cause", function () {
    throw new Error("outer", {cause: Object.assign(new TypeError("inner"),
                                                   {code: "EINNER"})});
});
shard.expose("string", function () { throw "a string"; });
shard.expose("undefined", function () { throw undefined; });
shard.expose("no text", function () { throw Object.create(null); });
shard.expose("inherits", function () { throw new Inherits("as of old"); });
shard.expose("unclonable", function () {
    throw Object.assign(new RangeError("holds", {cause: function () {}}),
                        {code: "EHOLDS"});
});
shard.expose("promise", function () {
    var promise = new node.Promise();
    setTimeout(function () { promise.emitError(new TypeError("later")); }, 5);
    return promise;
});
shard.expose("promise of many", function () {
    var promise = new node.Promise();
    setTimeout(function () { promise.emitError("one", "two"); }, 5);
    return promise;
});
shard.expose("native", async function () { throw new SyntaxError("rejected"); });
shard.expose("then", function () {
    return {get then() { throw new Error("no then"); }};
});
shard.expose("value", function () { return {a: [function () {}]}; });
shard.expose("lives", function () { return "lives"; });

function failure(name) {
    try {
        return "value " + shard.call(next, name).wait();
    } catch (error) {
        return error;
    }
}
function says(name) {
    var error = failure(name);
    var stack = error.stack.split("\n");
    console.log(String(error), error instanceof Error, error.code, error.errno,
                stack[stack.length - 1] === "    on shard " + next);
}
setTimeout(function () {
    says("throws");         // expect: RangeError: too far true undefined undefined true
    says("coded");          // expect: Error: gone true ENOENT 2 true
    says("string");         // expect: Error: a string true undefined undefined true
    says("undefined");      // expect: Error: undefined true undefined undefined true
    says("no text");        // expect: Error: what was thrown is object without a text true undefined undefined true
    says("inherits");       // expect: Error: as of old true EINHERITS undefined true
    says("unclonable");     // expect: RangeError: holds true EHOLDS undefined true
    says("promise");        // expect: TypeError: later true undefined undefined true
    says("native");         // expect: SyntaxError: rejected true undefined undefined true
    says("then");           // expect: Error: no then true undefined undefined true
    var error = failure("throws");
    console.log(error instanceof RangeError, /throwing.*call_fails/.test(error.stack));
    // expect: true true
    error = failure("cause");
    console.log(error.cause instanceof TypeError, error.cause.code);
    // expect: true EINNER
    error = failure("value");
    console.log(error.message === "the value of 'value' on shard " + next +
                ": value.a[0] is a function and cannot be cloned"); // expect: true
    console.log(failure("missing").message === "shard " + next +
                " exposes no 'missing'");       // expect: true
    console.log(failure("promise of many").message.includes("one")); // expect: true
    console.log(failure("lives"));              // expect: value lives
    shard.callAll("throws").addErrback(function (error) {
        console.log("all:", error.message);     // expect: all: too far
    });
});
