// SPDX-License-Identifier: MIT
"use strict";

// utils: the library "/utils.js", and console, which is made of it.

var output = native.output;
var utils = internal.libraries["/utils.js"] = {};

utils.print = function (string) {
    output.write(String(string));
};

utils.puts = function (string) {
    output.write(String(string) + "\n");
};

// After all that was printed before, and out when it returns.
utils.debug = function (string) {
    output.write("DEBUG: " + String(string) + "\n");
    output.flush();
};

utils.error = function (string) {
    output.error(String(string) + "\n");
};

utils.p = function (value) {
    utils.error(utils.inspect(value));
};

// The status decides; what a child writes is kept as it comes.
utils.exec = function (command) {
    var promise = new node.Promise();
    var child = node.createChildProcess(command);
    var output = "";
    var error = "";
    child.addListener("output", function (data) {
        if (data !== null)
            output += data;
    });
    child.addListener("error", function (data) {
        if (data !== null)
            error += data;
    });
    child.addListener("exit", function (code) {
        if (code === 0)
            promise.emitSuccess(output, error);
        else
            promise.emitError(code, output, error);
    });
    return promise;
};

function bigIntsAsText(key, value) {
    return typeof value === "bigint" ? value + "n" : value;
}

function json(value) {
    try {
        return JSON.stringify(value, bigIntsAsText);
    } catch (error) {
        if (error instanceof TypeError && /circular/.test(error.message))
            return "[Circular Object]";
        throw error;
    }
}

utils.inspect = function (value) {
    switch (typeof value) {
    case "undefined":
        return undefined;
    case "function":
        return "[Function]";
    case "symbol":
        return String(value);
    case "bigint":
        return value + "n";
    case "number":
        return String(value);
    }
    return json(value);
};

// inspect() shows an Error as the empty object that it is to JSON.
function shown(value) {
    if (typeof value === "string")
        return value;
    if (value instanceof Error)
        return String(value.stack || value);
    return String(utils.inspect(value));
}

function line(values) {
    return values.map(shown).join(" ") + "\n";
}

function log(...values) {
    output.write(line(values));
}

function warn(...values) {
    output.error(line(values));
}

console.log = console.info = console.debug = log;
console.error = console.warn = warn;
