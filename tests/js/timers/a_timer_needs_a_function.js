// SPDX-License-Identifier: MIT
include("/utils.js");
try { setTimeout("code", 1); } catch (e) { puts(e instanceof TypeError); } // expect: true
try { setInterval(undefined, 1); } catch (e) { puts(e instanceof TypeError); } // expect: true
