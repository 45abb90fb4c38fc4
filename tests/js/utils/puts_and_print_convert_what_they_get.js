// SPDX-License-Identifier: MIT
include("/utils.js");
puts(42);                                           // expect: 42
puts(true);                                         // expect: true
puts([1, 2]);                                       // expect: 1,2
puts({ toString: function () { return "own"; } });  // expect: own
puts(undefined);                                    // expect: undefined
print("a"); print(1); print(false); puts("");       // expect: a1false
puts("");                                           // expect:
