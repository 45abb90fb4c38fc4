// SPDX-License-Identifier: MIT
include("/utils.js");
try {
    require("/no_such_library.js");
} catch (error) {
    puts(error instanceof Error);                   // expect: true
    puts(error.message);
    // expect: Cannot find module '/no_such_library.js'
}
require_async("/no_such_library.js").addErrback(function (error) {
    puts(error.message);
    // expect: Cannot find module '/no_such_library.js'
});
