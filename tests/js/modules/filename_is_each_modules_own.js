// SPDX-License-Identifier: MIT
include("/utils.js");
puts(__filename === ARGV[1]);                       // expect: true
var other = require("../fixtures/scopes.js").filename;
puts(other.replace(/^.*\/js\//, ""));               // expect: fixtures/scopes.js
puts(other[0]);                                     // expect: /
puts(typeof globalThis.__filename);                 // expect: undefined
