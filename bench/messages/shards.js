// SPDX-License-Identifier: MIT
//
// The scenario between two shards: node --cores 2 shards.js.  A message is one
// way by send(), a trip is a call().

include("/utils.js");
var scenario = require("scenario.cjs").scenario;

var shard = node.shard;
var left = 0;
var onAll, onBuffer, more;

shard.expose("count", function (count) { left = count; });
shard.expose("echo", function (value) { return value; });
shard.addListener("drain", function () { more(); });

shard.addListener("message", function (message, from) {
    if (left > 0) {
        if (--left === 0)
            shard.send(from, "all");
    } else if (message instanceof ArrayBuffer) {
        if (shard.id === 0)
            onBuffer(message);
        else
            shard.send(from, message, [message]);
    } else {
        onAll();
    }
});

var api = {
    oneWay: function (payload, count, done) {
        onAll = done;
        more = function () {
            while (count-- > 0) {
                if (!shard.send(1, payload))
                    return;
            }
        };
        shard.call(1, "count", count).addCallback(function () { more(); });
    },
    trip: function (payload, done) {
        shard.call(1, "echo", payload).addCallback(done);
    },
    move: function (buffer, done) {
        onBuffer = done;
        shard.send(1, buffer, [buffer]);
    },
    print: puts,
    end: function () {}
};

if (shard.id === 0)
    setTimeout(function () { scenario(api); }, 50); // when the other listens
