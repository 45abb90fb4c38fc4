// SPDX-License-Identifier: MIT
// arguments: one --help -v --cores 2
// options: --no-pin
include("/utils.js");
puts(/^\/.*\/node(_g)?$/.test(ARGV[0])); // expect: true
puts(ARGV[1] === __filename);           // expect: true
puts(ARGV.slice(2).join(" "));          // expect: one --help -v --cores 2
puts(Array.isArray(ARGV));              // expect: true
