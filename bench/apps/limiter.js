// SPDX-License-Identifier: MIT
//
// A server that answers at most ENV.LIMIT (100) requests in ENV.WINDOW (1000)
// milliseconds, over all shards, and the others with 503; on port ENV.PORT or
// 8000.
//
// The count is one integer of memory that all shards share: the window's number
// in the high half, how many requests it had in the low one.

include("/utils.js");

var limit = Math.min(ENV.LIMIT || 100, 65535);
var length = ENV.WINDOW || 1000;
var count = new Uint32Array(node.shard.shared("limiter", 4));

function mayPass() {
    var window = Math.floor(Date.now() / length) & 0xffff;
    for (;;) {
        var seen = Atomics.load(count, 0);
        var passed = seen >>> 16 === window ? seen & 0xffff : 0;
        if (passed >= limit)
            return false;
        var next = (window << 16 | passed + 1) >>> 0;
        if (Atomics.compareExchange(count, 0, seen, next) === seen)
            return true;
    }
}

var server = node.http.createServer(function (request, response) {
    var passes = mayPass();
    response.sendHeader(passes ? 200 : 503, {"Content-Type": "text/plain"});
    response.sendBody(passes ? "welcome\n" : "too many requests\n");
    response.finish();
});
server.listen("PORT" in ENV ? ENV.PORT : 8000);
puts("At most " + limit + " requests in " + length +
     " ms at http://127.0.0.1:" + server.port + "/");
