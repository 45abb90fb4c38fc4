// SPDX-License-Identifier: MIT
include("/utils.js");
var other = require("../fixtures/realm.js");
puts(other.array instanceof Array);                 // expect: true
puts(other.error instanceof Error);                 // expect: true
puts(other.date instanceof Date);                   // expect: true
puts(other.f instanceof Function);                  // expect: true
