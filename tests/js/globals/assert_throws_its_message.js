// SPDX-License-Identifier: MIT
include("/utils.js");
node.assert(1, "not this");
try { node.assert(0, "this"); } catch (e) { puts(e.message); } // expect: this
try { node.assert(false); } catch (e) { puts(e.message); } // expect: assertion error
