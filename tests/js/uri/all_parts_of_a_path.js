// SPDX-License-Identifier: MIT
include("/utils.js");
var uri = node.http.parseUri("/a/b/c.html?x=1&y=#f");
puts(uri.path);                                     // expect: /a/b/c.html
puts(uri.directory);                                // expect: /a/b/
puts(uri.file);                                     // expect: c.html
puts(uri.query);                                    // expect: x=1&y=
puts(uri.anchor);                                   // expect: f
puts(uri.relative);                                 // expect: /a/b/c.html?x=1&y=#f
uri = node.http.parseUri("/a/b/");
puts(uri.directory + " " + uri.file);               // expect: /a/b/ undefined
uri = node.http.parseUri("/");
puts(uri.directory + " " + uri.file + " " + uri.path); // expect: / undefined /
uri = node.http.parseUri("/x?");
puts(uri.query + " " + uri.relative + " " + uri.source); // expect: undefined /x /x?
uri = node.http.parseUri("/x#a?b");
puts(uri.anchor + " " + uri.query);                 // expect: a?b undefined
uri = node.http.parseUri("*");
puts(uri.path + " " + uri.directory);               // expect: * undefined
