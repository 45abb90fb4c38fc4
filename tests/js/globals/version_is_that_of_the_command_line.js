// SPDX-License-Identifier: MIT
include("/utils.js");
exec("'" + ARGV[0] + "' --version").addCallback(function (stdout) {
    puts(stdout === node.version + "\n"); // expect: true
});
