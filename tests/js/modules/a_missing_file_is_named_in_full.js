// SPDX-License-Identifier: MIT
include("/utils.js");
try {
    require("nowhere.js");
} catch (error) {
    puts(error.message.replace(__filename.replace(/[^\/]*$/, ""), "HERE/"));
    // expect: Error reading HERE/nowhere.js: No such file or directory
    puts(error.code + error.errno);                 // expect: ENOENT2
}
try { require("../fixtures"); } catch (error) { puts(error.code); } // expect: EISDIR
try { require(5); } catch (error) { puts(error instanceof TypeError); } // expect: true
try { require(); } catch (error) { puts(error instanceof TypeError); } // expect: true
