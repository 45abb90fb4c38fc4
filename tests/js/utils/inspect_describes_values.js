// SPDX-License-Identifier: MIT
include("/utils.js");
puts(inspect(0));                                   // expect: 0
puts(inspect(false));                               // expect: false
puts(inspect(""));                                  // expect: ""
puts(inspect("text"));                              // expect: "text"
puts(inspect(function () {}));                      // expect: [Function]
puts(inspect(null));                                // expect: null
puts(inspect(undefined) === undefined);             // expect: true
puts(inspect({ a: [1, "b"], c: { d: null } }));     // expect: {"a":[1,"b"],"c":{"d":null}}
var circular = {};
circular.self = circular;
puts(inspect(circular));                            // expect: [Circular Object]
puts(inspect(10n));                                 // expect: 10n
puts(inspect(NaN));                                 // expect: NaN
puts(inspect(Symbol("s")));                         // expect: Symbol(s)
