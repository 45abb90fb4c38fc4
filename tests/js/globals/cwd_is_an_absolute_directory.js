// SPDX-License-Identifier: MIT
include("/utils.js");
puts(node.cwd()[0]);                // expect: /
puts(ENV.PWD === undefined || node.cwd().length > 1); // expect: true
