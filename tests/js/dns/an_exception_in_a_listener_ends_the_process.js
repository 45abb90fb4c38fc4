// SPDX-License-Identifier: MIT
// within: name_server
// status: 1
// stderr: an_exception_in_a_listener_ends_the_process.js:8
// stderr: Error: mine
node.dns.resolve4("silent.test");
node.dns.resolve4("www.test").addCallback(function () {
    throw new Error("mine");
});
