// SPDX-License-Identifier: MIT
#include "src/constants.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>

struct constant {
    const char *name;
    int value;
};

#define C(name) { #name, name }

static const struct constant constants[] = {
    /* signals */
    C(SIGHUP), C(SIGINT), C(SIGQUIT), C(SIGILL), C(SIGTRAP), C(SIGABRT),
    C(SIGIOT), C(SIGBUS), C(SIGFPE), C(SIGKILL), C(SIGUSR1), C(SIGSEGV),
    C(SIGUSR2), C(SIGPIPE), C(SIGALRM), C(SIGTERM), C(SIGCHLD), C(SIGSTKFLT),
    C(SIGCONT), C(SIGSTOP), C(SIGTSTP), C(SIGTTIN), C(SIGTTOU), C(SIGURG),
    C(SIGXCPU), C(SIGXFSZ), C(SIGVTALRM), C(SIGPROF), C(SIGWINCH), C(SIGIO),
    C(SIGPOLL), C(SIGPWR), C(SIGSYS),

    /* open() */
    C(O_RDONLY), C(O_WRONLY), C(O_RDWR), C(O_CREAT), C(O_EXCL), C(O_TRUNC),
    C(O_APPEND), C(O_NOCTTY), C(O_DIRECTORY), C(O_NOFOLLOW), C(O_SYNC),

    /* modes */
    C(S_IFMT), C(S_IFREG), C(S_IFDIR), C(S_IFCHR), C(S_IFBLK), C(S_IFIFO),
    C(S_IFLNK), C(S_IFSOCK), C(S_IRWXU), C(S_IRUSR), C(S_IWUSR), C(S_IXUSR),
    C(S_IRWXG), C(S_IRGRP), C(S_IWGRP), C(S_IXGRP), C(S_IRWXO), C(S_IROTH),
    C(S_IWOTH), C(S_IXOTH),

    /* errors: what POSIX has */
    C(E2BIG), C(EACCES), C(EADDRINUSE), C(EADDRNOTAVAIL), C(EAFNOSUPPORT),
    C(EAGAIN), C(EALREADY), C(EBADF), C(EBADMSG), C(EBUSY), C(ECANCELED),
    C(ECHILD), C(ECONNABORTED), C(ECONNREFUSED), C(ECONNRESET), C(EDEADLK),
    C(EDESTADDRREQ), C(EDOM), C(EDQUOT), C(EEXIST), C(EFAULT), C(EFBIG),
    C(EHOSTUNREACH), C(EIDRM), C(EILSEQ), C(EINPROGRESS), C(EINTR), C(EINVAL),
    C(EIO), C(EISCONN), C(EISDIR), C(ELOOP), C(EMFILE), C(EMLINK),
    C(EMSGSIZE), C(EMULTIHOP), C(ENAMETOOLONG), C(ENETDOWN), C(ENETRESET),
    C(ENETUNREACH), C(ENFILE), C(ENOBUFS), C(ENODATA), C(ENODEV), C(ENOENT),
    C(ENOEXEC), C(ENOLCK), C(ENOLINK), C(ENOMEM), C(ENOMSG), C(ENOPROTOOPT),
    C(ENOSPC), C(ENOSR), C(ENOSTR), C(ENOSYS), C(ENOTCONN), C(ENOTDIR),
    C(ENOTEMPTY), C(ENOTSOCK), C(ENOTSUP), C(ENOTTY), C(ENXIO), C(EOPNOTSUPP),
    C(EOVERFLOW), C(EPERM), C(EPIPE), C(EPROTO), C(EPROTONOSUPPORT),
    C(EPROTOTYPE), C(ERANGE), C(EROFS), C(ESPIPE), C(ESRCH), C(ESTALE),
    C(ETIME), C(ETIMEDOUT), C(ETXTBSY), C(EWOULDBLOCK), C(EXDEV),
};

enum {
    CONSTANTS = sizeof constants / sizeof *constants,
    LONGEST_LINE = 64
};

const char *constants_source(void)
{
    static char text[(CONSTANTS + 1) * LONGEST_LINE];
    size_t length = 0;

    if (*text != '\0')
        return text;
    length += (size_t)snprintf(text, LONGEST_LINE, "node.version = \"%s\";\n",
                               NODE_VERSION);
    for (int i = 0; i < CONSTANTS; i++)
        length += (size_t)snprintf(text + length, LONGEST_LINE,
                                   "node.%s = %d;\n", constants[i].name,
                                   constants[i].value);
    return text;
}
