// SPDX-License-Identifier: MIT
// within: manual
include("/utils.js");
include("circle.js");
puts("The area of a cirlce of radius 4 is " + area(4));
// expect: The area of a cirlce of radius 4 is 50.24
