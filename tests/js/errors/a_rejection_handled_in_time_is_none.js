// SPDX-License-Identifier: MIT
include("/utils.js");
var rejected = Promise.reject(new Error("x"));
rejected.catch(function () { puts("handled"); });   // expect: handled
