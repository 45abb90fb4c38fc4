// SPDX-License-Identifier: MIT
include("/utils.js");
var uri = node.http.parseUri("/status?name=ryan");
puts(uri.path + " " + uri.file + " " + uri.directory);
// expect: /status status /
puts(JSON.stringify(uri.params));                   // expect: {"name":"ryan"}
puts(uri.protocol === undefined && !("protocol" in uri)); // expect: true
puts(uri.query);                                    // expect: name=ryan
puts(uri.relative);                                 // expect: /status?name=ryan
puts(uri.source + " " + uri);      // expect: /status?name=ryan /status?name=ryan
["anchor", "port", "host", "password", "user", "authority", "protocol"]
    .forEach(function (part) {
        if (uri[part] !== undefined || part in uri)
            puts(part);
    });
