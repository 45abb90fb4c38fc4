// SPDX-License-Identifier: MIT
// within: manual
include("/utils.js");

var promise = node.fs.unlink("/tmp/hello");
promise.addCallback(function () {
  puts("successfully deleted /tmp/hello");
});

promise.addCallback(function () {
    node.fs.exists("/tmp/hello", puts);
});
// expect: successfully deleted /tmp/hello
// expect: false
