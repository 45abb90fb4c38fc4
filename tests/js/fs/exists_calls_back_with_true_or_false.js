// SPDX-License-Identifier: MIT
// shards: 2
var returned = node.fs.exists("/", function (exists) {
    console.log(exists, arguments.length);          // expect: true 1
    node.fs.exists("/none/such", function (exists) {
        console.log(exists, returned);              // expect: false undefined
    });
});
