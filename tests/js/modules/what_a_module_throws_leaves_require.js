// SPDX-License-Identifier: MIT
include("/utils.js");
for (var i = 0; i < 2; i++) {
    try {
        require("../fixtures/throwing.js");
    } catch (error) {
        puts(error.message + attempts);
        // expect: while loading1
        // expect: while loading2
    }
}
try {
    require("../fixtures/no_syntax.js");
} catch (error) {
    puts(error instanceof SyntaxError);             // expect: true
}
puts(node.loadingModules.length);                   // expect: 1
require_async("../fixtures/throwing.js").addErrback(function (error) {
    puts(error.message);                            // expect: while loading
});
