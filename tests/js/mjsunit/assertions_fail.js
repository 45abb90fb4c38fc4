// SPDX-License-Identifier: MIT
var unit = require("/mjsunit.js");
function failing(f) {
    try {
        f();
        console.log("passed");
    } catch (error) {
        console.log(String(error));
        if (typeof error.stack !== "string")
            console.log("no stack");
    }
}
failing(function () { unit.assertEquals(1, 2); });
// expect: Failure: expected <1> found <2>
failing(function () { unit.assertEquals("a", "b", "letters"); });
// expect: Failure (letters): expected <a> found <b>
failing(function () { unit.assertEquals([1, 2], [1, 3]); });
// expect: Failure: expected <1,2> found <1,3>
failing(function () { unit.assertEquals([1, 2], [1, 2, 3]); });
// expect: Failure: expected <1,2> found <1,2,3>
failing(function () { unit.assertEquals([1, , 3], [1, undefined, 3]); });
// expect: Failure: expected <1,,3> found <1,,3>
failing(function () { unit.assertEquals({}, {}); });
// expect: Failure: expected <[object Object]> found <[object Object]>
failing(function () { unit.assertArrayEquals([1], [2]); });
// expect: Failure: expected <1> found <2>
failing(function () { unit.assertTrue(null); });
// expect: Failure: expected <true> found <null>
failing(function () { unit.assertFalse(null); });
// expect: Failure: expected <false> found <null>
failing(function () { unit.assertNaN(1); });
// expect: Failure: expected <NaN> found <1>
failing(function () { unit.assertThrows("1"); });
// expect: Failure: expected <exception> found <none>
failing(function () { unit.assertDoesNotThrow("throw 1"); });
// expect: Failure: expected <no exception> found <exception>
failing(function () { unit.assertInstanceof({}, Array); });
// expect: Failure: expected <Array> found <[object Object]>
failing(function () { unit.assertUnreachable(); });
// expect: Failure: expected <unreachable> found <reached>
console.log(Object.keys(unit).length);              // expect: 9
