// SPDX-License-Identifier: MIT
setTimeout(function () {
    node.exit();
    console.log("after");
}, 1);
setInterval(function () {}, 1000);
