// SPDX-License-Identifier: MIT
// shards: 2
// A gigabyte goes by, copied, moved and as values of calls; a part of
// that is in use at a time.
var shard = node.shard;
var next = (shard.id + 1) % shard.count;
var MEGABYTE = 1024 * 1024;
var left = 240 / shard.count;
shard.expose("echo", function (bytes) { return bytes; });
function send() {
    var moved = new ArrayBuffer(MEGABYTE);
    shard.send(next, {bytes: new Uint8Array(MEGABYTE), moved: moved}, [moved]);
    shard.call(next, "echo", new Uint8Array(MEGABYTE)).addCallback(function () {
        if (--left > 0)
            send();
        else
            measure();
    });
}
shard.addListener("message", function () {});
function measure() {
    node.fs.cat("/proc/self/status").addCallback(function (status) {
        var peak = Number(/VmHWM:\s*(\d+) kB/.exec(status)[1]) / 1024;
        console.log(peak < 800 || peak + " MB at the peak");   // expect: true
    });
}
send();
