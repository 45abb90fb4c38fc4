// SPDX-License-Identifier: MIT
// environment: UV_THREADPOOL_SIZE=2
var tasks = "/proc/self/task/";
var workers = node.fs.readdir(tasks).wait().filter(function (id) {
    return /uv-worker/.test(node.fs.cat(tasks + id + "/comm").wait());
});
console.log(workers.length, ENV.UV_THREADPOOL_SIZE); // expect: 2 2
