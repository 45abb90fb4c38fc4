// SPDX-License-Identifier: MIT
include("/utils.js");
var uri = node.http.parseUri(
    "http://user:pw@example.com:8080/dir/file?a=b#c");
puts(uri.protocol);                                 // expect: http
puts(uri.authority);                                // expect: user:pw@example.com:8080
puts(uri.user + " " + uri.password);                // expect: user pw
puts(uri.host + " " + uri.port);                    // expect: example.com 8080
puts(typeof uri.port);                              // expect: string
puts(uri.path + " " + uri.directory + " " + uri.file); // expect: /dir/file /dir/ file
puts(uri.relative);                                 // expect: /dir/file?a=b#c
uri = node.http.parseUri("http://localhost:8888");
puts(uri.host + " " + uri.port + " " + uri.path);   // expect: localhost 8888 undefined
puts("path" in uri || "relative" in uri || "user" in uri); // expect: false
uri = node.http.parseUri("http://[::1]:80/");
puts(uri.host + " " + uri.port);                    // expect: ::1 80
uri = node.http.parseUri("http://h?q=1");
puts(uri.host + " " + uri.query + " " + uri.path);  // expect: h q=1 undefined
uri = node.http.parseUri("/http://x/y");
puts(uri.path + " " + uri.protocol);                // expect: /http://x/y undefined
