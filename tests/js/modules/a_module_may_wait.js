// SPDX-License-Identifier: MIT
include("/utils.js");
puts(require("../fixtures/waits.js").value);        // expect: waited
