// SPDX-License-Identifier: MIT
include("/utils.js");
node.loadModule("../fixtures/circle.js").addCallback(function (circle) {
    puts(circle.area(1));                           // expect: 3.14
});
