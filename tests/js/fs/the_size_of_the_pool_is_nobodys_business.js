// SPDX-License-Identifier: MIT
console.log("UV_THREADPOOL_SIZE" in ENV);           // expect: false
var child = node.createChildProcess("echo ${UV_THREADPOOL_SIZE-unset}");
child.addListener("output", function (data) {
    if (data)
        console.log(data.trim());                   // expect: unset
});
