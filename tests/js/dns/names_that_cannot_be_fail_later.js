// SPDX-License-Identifier: MIT
// within: name_server
// shards: 4
var count = 0;
["", ".", "..", ".a", "a..b", "a b", "a\0b", "\0", "é.test", "\uD800.test",
 "a\\b", "a\n", "x".repeat(64), "x.".repeat(127) + "x", "x".repeat(1 << 20)]
    .forEach(function (name) {
        ["resolve4", "resolve6"].forEach(function (method) {
            var inside = true;
            node.dns[method](name).addErrback(function (code, message) {
                node.assert(!inside);
                node.assert(code === node.dns.BADQUERY, name);
                node.assert(message.substring(0, name.length + 2) ===
                            name.replace("\uD800", "\uFFFD") + ": ");
                count++;
            });
            inside = false;
        });
    });

process.addListener("exit", function () {
    console.log(count); // expect: 30
});
