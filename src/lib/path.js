// SPDX-License-Identifier: MIT
"use strict";

// path: node.path, which only moves text: nothing is looked up or normalised.

node.path = {};

function withoutDots(part) {
    while (part.startsWith("./"))
        part = part.slice(2);
    return part === "." ? "" : part;
}

// join("a", "b") is "a/b"; join("a") is "a/".
node.path.join = function (...parts) {
    parts = parts.map(String).map(withoutDots)
        .filter(function (part) { return part !== ""; });
    return parts.map(function (part, i) {
        if (i > 0)
            part = part.replace(/^\/+/, "");
        if (i === 0 || i < parts.length - 1)
            part = part.replace(/\/*$/, "/");
        return part;
    }).join("");
};

// dirname("/a/b") is "/a", dirname("/a") "", dirname("a/b") "./a".
node.path.dirname = function (path) {
    path = String(path);
    var slash = path.lastIndexOf("/");
    if (slash < 0)
        return ".";
    var directory = path.slice(0, slash);
    if (directory === "" || /^(\/|\.\.?(\/|$))/.test(directory))
        return directory;
    return "./" + directory;
};

node.path.filename = function (path) {
    path = String(path);
    return path.slice(path.lastIndexOf("/") + 1);
};

// For us: the one name of an absolute path.
internal.normalize = function (path) {
    var parts = [];
    path.split("/").forEach(function (part) {
        if (part === "..")
            parts.pop();
        else if (part !== "" && part !== ".")
            parts.push(part);
    });
    return "/" + parts.join("/");
};

internal.absolute = function (path) {
    if (path[0] !== "/")
        path = node.cwd() + "/" + path;
    return internal.normalize(path);
};
