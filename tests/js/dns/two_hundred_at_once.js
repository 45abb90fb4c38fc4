// SPDX-License-Identifier: MIT
// within: dnsmasq
// shards: 4
// So many in the process: a name server's socket holds no more.
var total = 200 / node.shard.count;
var found = 0;
var missing = 0;

for (var i = 0; i < total; i++) {
    (function (exists) {
        node.dns.resolve4(exists ? "www.test" : "no.test")
            .addCallback(function (addresses) {
                node.assert(exists && addresses[0] === "192.0.2.10");
                found++;
            }).addErrback(function (code) {
                node.assert(!exists && code === node.dns.NXDOMAIN);
                missing++;
            });
    })(i % 2 === 0);
}
console.log(found, missing); // expect: 0 0

process.addListener("exit", function () {
    console.log(found === total / 2, missing === total / 2); // expect: true true
});
