// SPDX-License-Identifier: MIT
include("/utils.js");
var done = new node.Promise(), failed = new node.Promise();
done.emitSuccess("a", "b");
failed.emitError("bad");
puts(done.wait() + " " + done.wait());              // expect: a,b a,b
try { failed.wait(); } catch (e) { puts(e); }       // expect: bad
