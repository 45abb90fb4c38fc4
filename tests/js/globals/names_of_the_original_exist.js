// SPDX-License-Identifier: MIT
include("/utils.js");
var names = ["node", "require", "include", "require_async", "include_async",
             "setTimeout", "clearTimeout", "setInterval", "clearInterval"];
names.forEach(function (name) {
    if (typeof globalThis[name] === "undefined")
        puts(name);
});
puts(CRLF === "\r\n");                              // expect: true
for (var name in process)
    if (names.indexOf(name) >= 0)
        puts("enumerable: " + name);
