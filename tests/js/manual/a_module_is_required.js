// SPDX-License-Identifier: MIT
// within: manual
include("/utils.js");
var circle = require("circle.js");
puts("The area of a circle of radius 4 is " + circle.area(4));
// expect: The area of a circle of radius 4 is 50.24
