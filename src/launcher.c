// SPDX-License-Identifier: MIT
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * launcher: P/bin/node of an installation in P.
 *
 * The program itself is P/lib/node/node, beside the loader and the libraries it
 * needs.  A program names its loader by an absolute path, but P may be moved;
 * so the name that it has is /proc/self/fd/199/ld-linux-..., and all this does
 * is to have P/lib/node open as 199 while the kernel looks there.  That is
 * before it closes what is close-on-exec: nothing of this is left afterwards.
 *
 * Starting the loader, with the program as its argument, would need no
 * descriptor; but then /proc/self/exe, ps and gdb see a loader.
 *
 * Linked statically: it runs wherever the kernel does.
 */
enum { LIBRARIES_FD = 199 }; /* cmake/deps.cmake has it too */

static int fail(const char *verb, const char *path)
{
    fprintf(stderr, "node: cannot %s %s: %s\n", verb, path, strerror(errno));
    return 127;
}

/* DIR/bin/NAME becomes *libraries, DIR/lib/node, and *program, the same with
 * /NAME.  Both are the caller's. */
static int find(const char *self, char **libraries, char **program)
{
    const char *name = strrchr(self, '/');
    const char *bin = name == NULL ? NULL : memrchr(self, '/', name - self);

    if (bin == NULL) {
        errno = ENOENT;
        return -1;
    }
    int prefix = (int)(bin - self);
    if (asprintf(libraries, "%.*s/lib/node", prefix, self) < 0 ||
        asprintf(program, "%s%s", *libraries, name) < 0)
        return -1;
    return 0;
}

int main(int argc, char **argv)
{
    char self[PATH_MAX] = "";
    char *libraries, *program;

    (void)argc;
    if (readlink("/proc/self/exe", self, sizeof self - 1) < 0)
        return fail("read", "/proc/self/exe");
    if (find(self, &libraries, &program) != 0)
        return fail("find the libraries of", self);
    int fd = open(libraries, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fail("open", libraries);
    if (fd != LIBRARIES_FD && dup3(fd, LIBRARIES_FD, O_CLOEXEC) < 0)
        return fail("have 200 descriptors (ulimit -n) for", program);
    execv(program, argv);
    return fail("run", program);
}
