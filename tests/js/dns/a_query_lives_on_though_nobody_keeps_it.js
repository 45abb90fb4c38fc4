// SPDX-License-Identifier: MIT
// within: name_server
// options: --expose-gc
(function () {
    node.dns.resolve4("late.test").addCallback(function (addresses) {
        console.log(addresses[0]); // expect: 192.0.2.1
    });
})();

gc();
setTimeout(gc, 10);
