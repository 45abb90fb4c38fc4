// SPDX-License-Identifier: MIT
include("/utils.js");
implicit = 1;
puts(process.implicit);                             // expect: 1
puts(0644);                                         // expect: 420
puts("\101");                                       // expect: A
with ({ inside: "yes" })
    puts(inside);                                   // expect: yes
(function () { puts(typeof arguments.callee); })(); // expect: function
puts(delete implicit);                              // expect: true
puts(typeof implicit);                              // expect: undefined
