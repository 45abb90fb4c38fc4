// SPDX-License-Identifier: MIT
include("/utils.js");
puts(require("../fixtures/byte_order_mark.js").marked); // expect: ü
