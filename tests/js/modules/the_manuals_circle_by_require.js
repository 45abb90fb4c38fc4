// SPDX-License-Identifier: MIT
include("/utils.js");
var circle = require("../fixtures/circle.js");
puts("The area of a circle of radius 4 is " + circle.area(4));
// expect: The area of a circle of radius 4 is 50.24
puts(Object.keys(circle).join());                   // expect: area,circumference
puts(typeof PI);                                    // expect: undefined
