// SPDX-License-Identifier: MIT
include("/utils.js");
puts(node.SIGINT);                                  // expect: 2
puts(node.SIGKILL);                                 // expect: 9
puts(node.SIGHUP > 0 && node.SIGUSR1 > 0 && node.SIGWINCH > 0); // expect: true
puts(node.O_CREAT | node.O_EXCL | node.O_WRONLY);   // expect: 193
puts(node.O_RDONLY);                                // expect: 0
puts((node.S_IFMT & node.S_IFREG).toString(8));     // expect: 100000
puts((node.S_IRWXU | node.S_IRGRP).toString(8));    // expect: 740
puts(node.ENOENT);                                  // expect: 2
puts(node.E2BIG > 0 && node.EXDEV > 0 && node.EADDRINUSE > 0); // expect: true
puts(node.UTF8 === undefined);                      // expect: true
