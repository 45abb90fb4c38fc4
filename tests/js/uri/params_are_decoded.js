// SPDX-License-Identifier: MIT
include("/utils.js");
function params(query) {
    puts(JSON.stringify(node.http.parseUri("/?" + query).params));
}
params("a=1&b=2");                                  // expect: {"a":"1","b":"2"}
params("a=x+y%20z+&b=%C3%BC%2B");                   // expect: {"a":"x y z ","b":"ü+"}
params("a=1&a=2");                                  // expect: {"a":"2"}
params("k");                                        // expect: {"k":""}
params("k=&j");                                     // expect: {"k":"","j":""}
params("bad=%99&good=1&%zz=2&half=%4");             // expect: {"good":"1"}
params("=x&&a==b=");                                // expect: {"a":"=b="}
params("");                                         // expect: {}
params("a%20b=c");                                  // expect: {"a b":"c"}
params("__proto__=x&a=1");                          // expect: {"__proto__":"x","a":"1"}
puts(({}).x === undefined);                         // expect: true
puts(JSON.stringify(node.http.parseUri("/").params)); // expect: {}
