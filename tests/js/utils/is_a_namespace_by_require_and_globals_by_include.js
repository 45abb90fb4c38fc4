// SPDX-License-Identifier: MIT
var utils = require("/utils.js");
utils.puts(Object.keys(utils).sort().join(" "));
// expect: debug error exec inspect p print puts
utils.puts(typeof inspect);                         // expect: undefined
utils.puts(include("/utils.js") === undefined);     // expect: true
puts(puts === utils.puts);                          // expect: true
