// SPDX-License-Identifier: MIT
"use strict";

// mjsunit: the library "/mjsunit.js", assertions for tests.

var mjsunit = internal.libraries["/mjsunit.js"] = {};

// The stack begins at the assertion's caller.
function fail(assertion, expected, found, name) {
    var error = new Error("expected <" + String(expected) + "> found <" +
                          String(found) + ">");
    internal.define(error, "name",
                    name === undefined ? "Failure" : "Failure (" + name + ")");
    Error.captureStackTrace(error, assertion);
    throw error;
}

// By ==, arrays element by element; other objects only if they are the same.
function isEqual(a, b) {
    if (a == b)
        return true;
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length &&
        Array.from(a.keys()).every(function (i) {
            return i in a === i in b && isEqual(a[i], b[i]);
        });
}

function throws(code) {
    try {
        (0, eval)(String(code));
        return false;
    } catch (error) {
        return true;
    }
}

mjsunit.assertEquals = function assertEquals(expected, found, name) {
    if (!isEqual(expected, found))
        fail(assertEquals, expected, found, name);
};

mjsunit.assertArrayEquals = function assertArrayEquals(expected, found, name) {
    if (!isEqual(Array.from(expected), Array.from(found)))
        fail(assertArrayEquals, expected, found, name);
};

mjsunit.assertTrue = function assertTrue(value, name) {
    if (!isEqual(true, value))
        fail(assertTrue, true, value, name);
};

mjsunit.assertFalse = function assertFalse(value, name) {
    if (!isEqual(false, value))
        fail(assertFalse, false, value, name);
};

mjsunit.assertNaN = function assertNaN(value, name) {
    if (!isNaN(value))
        fail(assertNaN, NaN, value, name);
};

mjsunit.assertThrows = function assertThrows(code, name) {
    if (!throws(code))
        fail(assertThrows, "exception", "none", name);
};

mjsunit.assertDoesNotThrow = function assertDoesNotThrow(code, name) {
    if (throws(code))
        fail(assertDoesNotThrow, "no exception", "exception", name);
};

mjsunit.assertInstanceof = function assertInstanceof(object, type, name) {
    if (!(object instanceof type))
        fail(assertInstanceof, type.name, object, name);
};

mjsunit.assertUnreachable = function assertUnreachable(name) {
    fail(assertUnreachable, "unreachable", "reached", name);
};
