// SPDX-License-Identifier: MIT
// An Error's other members are dropped, and so are the errors among them.
var shard = node.shard;
function coded(code) {
    return Object.assign(new Error(code), {code: code, errno: code.length});
}
function codes(error) { return error.code + ":" + error.errno; }
shard.addListener("message", function (list) {
    console.log(list.map(function (x) {
        return x instanceof Error ? codes(x) : typeof x;
    }).join(" "));
});
var owner = Object.assign(new Error("owns one"), {inner: coded("EINNER")});
var date = Object.assign(new Date(0), {inner: coded("EINNER")});
var plain = new Error("plain");
shard.send(0, [owner, coded("EA"), date, plain, coded("EABC")]);
// expect: undefined:undefined EA:2 object undefined:undefined EABC:4
var one = coded("EONE");
shard.send(0, [one, {again: one}, one, new Map([[1, one]])]);
// expect: EONE:4 object EONE:4 object
shard.send(0, [Object.assign(new Error("x"), {code: {}, errno: "7"})]);
// expect: undefined:7
