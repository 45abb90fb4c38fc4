// SPDX-License-Identifier: MIT
include("/utils.js");
addListener("hello", function (name) {
    puts(name + (this === process));
});
puts(emit("hello", "x"));                           // expect: xtrue
puts(listeners("hello").length);                    // expect: true
// expect: 1
