// SPDX-License-Identifier: MIT
// within: name_server
// shards: 4
// status: 3
for (var i = 0; i < 10; i++) {
    node.dns.resolve4("silent.test").addErrback(function () {
        console.log("too late");
    });
    node.dns.resolve4("huge.test");
    node.dns.resolve4("..");
}

process.addListener("exit", function () {
    console.log("exit"); // expect: exit
});
// Once each shard has its listener.
node.shard.expose("up", function () {});
node.shard.callAll("up").addCallback(function () {
    setTimeout(function () { node.exit(3); }, 200);
});
