// SPDX-License-Identifier: MIT
// options: --pin
// shards: 2
// At least four of them, and each may run where the main thread may.
function read(name) { return node.fs.cat("/proc/self/" + name).wait(); }
function mask(name) { return /Cpus_allowed_list:.*/.exec(read(name))[0]; }
var workers = node.fs.readdir("/proc/self/task").wait().filter(function (id) {
    return /uv-worker/.test(read("task/" + id + "/comm"));
});
console.log(workers.length >= 4);                   // expect: true
console.log(workers.every(function (id) {
    return mask("task/" + id + "/status") === mask("status");
}));                                                // expect: true
