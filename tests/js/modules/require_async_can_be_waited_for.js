// SPDX-License-Identifier: MIT
include("/utils.js");
puts(require_async("../fixtures/circle.js").wait().area(1)); // expect: 3.14
try {
    require_async("/none.js").wait();
} catch (error) {
    puts(error.message);                  // expect: Cannot find module '/none.js'
}
