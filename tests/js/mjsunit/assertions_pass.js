// SPDX-License-Identifier: MIT
include("/mjsunit.js");
assertEquals(1, 1);
assertEquals(1, true);
assertEquals(null, undefined);
assertEquals([1, [2, 3]], [1, [2, 3]]);
assertEquals([1, , 3], [1, , 3]);
assertArrayEquals([1, 2], [1, 2]);
assertTrue(true);
assertTrue(1);
assertFalse(0);
assertFalse("");
assertNaN(NaN);
assertThrows("throw 1");
assertDoesNotThrow("1 + 1");
assertInstanceof([], Array);
console.log("passed");                              // expect: passed
