// SPDX-License-Identifier: MIT
// environment: EMPTY=
include("/utils.js");
puts(ENV.EMPTY === ""); // expect: true
