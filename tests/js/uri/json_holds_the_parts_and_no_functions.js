// SPDX-License-Identifier: MIT
include("/utils.js");
var text = JSON.stringify(node.http.parseUri("/d/f?a=1"));
var parts = JSON.parse(text);
puts(Object.keys(parts).sort().join());
// expect: directory,file,params,path,query,relative,source
puts(parts.params.a);                               // expect: 1
var uri = node.http.parseUri("/d/f?a=1"), seen = [];
for (var part in uri)
    seen.push(part);
puts(seen.sort().join());
// expect: directory,file,params,path,query,relative,source
uri.params.b = "own";
puts(uri.params.b);                                 // expect: own
