// SPDX-License-Identifier: MIT
include("/utils.js");
puts("grüße, 世界, 😀");                             // expect: grüße, 世界, 😀
puts("ü".length + "😀".length);                     // expect: 3
puts(/ß/.test("grüße"));                            // expect: true
