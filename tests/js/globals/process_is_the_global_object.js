// SPDX-License-Identifier: MIT
include("/utils.js");
(function () { puts(process === this); })();        // expect: true
process.madeByProcess = 1;
puts(madeByProcess);                                // expect: 1
puts(process.process === process);                  // expect: true
puts(process instanceof node.EventEmitter);         // expect: true
puts(process === globalThis);                       // expect: true
