// SPDX-License-Identifier: MIT
include("/utils.js");
for (var i = 0; i < 3; i++) {
    puts("line " + i);
    debug(i);
}
// expect: line 0
// expect: DEBUG: 0
// expect: line 1
// expect: DEBUG: 1
// expect: line 2
// expect: DEBUG: 2
