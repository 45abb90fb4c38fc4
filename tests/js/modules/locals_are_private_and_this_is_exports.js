// SPDX-License-Identifier: MIT
include("/utils.js");
puts(this === exports);                             // expect: true
var module = require("../fixtures/scopes.js");
puts(module.byThis);                                // expect: true
puts(module.secrets());                             // expect: private
puts(typeof local + typeof alsoLocal);              // expect: undefinedundefined
puts(leaked);                                       // expect: global
