// SPDX-License-Identifier: MIT
// options: --no-pin --cores 2
counter = (typeof counter === "undefined" ? 0 : counter) + 1;
setTimeout(function () { console.log(counter); }, 200);
// expect: 1
// expect: 1
