// SPDX-License-Identifier: MIT
include("/utils.js");
area = "to be overwritten";
puts(include("../fixtures/circle.js") === undefined); // expect: true
puts("The area of a cirlce of radius 4 is " + area(4));
// expect: The area of a cirlce of radius 4 is 50.24
puts(circumference(1));                             // expect: 6.28
puts(typeof PI);                                    // expect: undefined
