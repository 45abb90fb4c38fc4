// SPDX-License-Identifier: MIT
// wait() in "receive": other connections are served meanwhile, what comes on
// this one follows in order.
include("/utils.js");
var host = "127.0.0." + (1 + node.shard.id); // each shard has its own
var order = [];
var server = node.tcp.createServer(function (peer) {
    peer.addListener("receive", function (data) {
        order.push("begin " + data);
        if (data === "slow") {
            var promise = new node.Promise();
            setTimeout(function () { promise.emitSuccess(); }, 200);
            promise.wait();
        }
        order.push("end " + data);
        peer.send(data);
        peer.close();
    });
    peer.addListener("eof", function () { order.push("eof"); });
});
server.listen(0, host);

var slow = node.tcp.createConnection(server.port, host);
slow.addListener("connect", function () {
    slow.send("slow");
    slow.close(); // its eof is told while "receive" waits
    var quick = node.tcp.createConnection(server.port, host);
    quick.addListener("connect", function () { quick.send("quick"); });
    quick.addListener("receive", function () { quick.close(); });
});
slow.addListener("close", function () {
    puts(order.slice(0, 3).sort().join());
    puts(order.indexOf("end slow") > order.indexOf("end quick"));
    server.close();
});

// shards: 2
// expect: begin quick,begin slow,eof
// expect: true
