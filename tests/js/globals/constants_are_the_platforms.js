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

// And all the others are there.
var SIGNALS = "HUP INT QUIT ILL TRAP ABRT IOT BUS FPE KILL USR1 SEGV USR2 " +
    "PIPE ALRM TERM CHLD STKFLT CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM " +
    "PROF WINCH IO POLL PWR SYS";
var FLAGS = "RDONLY WRONLY RDWR CREAT EXCL TRUNC APPEND NOCTTY DIRECTORY " +
    "NOFOLLOW SYNC";
var MODES = "IFREG IFDIR IFCHR IFBLK IFIFO IFLNK IFSOCK IRWXU IRUSR IWUSR " +
    "IXUSR IRWXG IRGRP IWGRP IXGRP IRWXO IROTH IWOTH IXOTH";
var ERRORS = "2BIG ACCES ADDRINUSE ADDRNOTAVAIL AFNOSUPPORT AGAIN ALREADY " +
    "BADF BADMSG BUSY CANCELED CHILD CONNABORTED CONNREFUSED CONNRESET DEADLK " +
    "DESTADDRREQ DOM DQUOT EXIST FAULT FBIG HOSTUNREACH IDRM ILSEQ INPROGRESS " +
    "INTR INVAL IO ISCONN ISDIR LOOP MFILE MLINK MSGSIZE MULTIHOP NAMETOOLONG " +
    "NETDOWN NETRESET NETUNREACH NFILE NOBUFS NODATA NODEV NOENT NOEXEC NOLCK " +
    "NOLINK NOMEM NOMSG NOPROTOOPT NOSPC NOSR NOSTR NOSYS NOTCONN NOTDIR " +
    "NOTEMPTY NOTSOCK NOTSUP NOTTY NXIO OPNOTSUPP OVERFLOW PERM PIPE PROTO " +
    "PROTONOSUPPORT PROTOTYPE RANGE ROFS SPIPE SRCH STALE TIME TIMEDOUT TXTBSY " +
    "WOULDBLOCK XDEV";
[["SIG", SIGNALS], ["O_", FLAGS], ["S_", MODES], ["E", ERRORS]]
    .forEach(function (kind) {
        kind[1].split(" ").forEach(function (name) {
            if (typeof node[kind[0] + name] !== "number")
                puts(kind[0] + name + " is missing");
        });
    });
