// SPDX-License-Identifier: MIT
// environment: EQUALS=a=b=c
include("/utils.js");
puts(ENV.EQUALS);                        // expect: a=b=c
puts(ENV.hasOwnProperty("PATH"));        // expect: true
puts(typeof ENV.PATH);                   // expect: string
puts(ENV.NO_SUCH_VARIABLE === undefined); // expect: true
