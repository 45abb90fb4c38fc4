// SPDX-License-Identifier: MIT
// stderr: given_name.js:2$
// status: 1
include("/utils.js");
puts(node.compile("var made = 20; made + 1", "x.js")); // expect: 21
puts(made);                                         // expect: 20
try { node.compile("1"); } catch (e) { puts(e instanceof TypeError); } // expect: true
try { node.compile("(", "x.js"); } catch (e) { puts(e instanceof SyntaxError); } // expect: true
node.compile("\nnowhere()", "given_name.js");
