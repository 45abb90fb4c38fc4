// SPDX-License-Identifier: MIT
#include "src/cflags.h"

#include "src/place.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

/* A debug build is one to step through, and so are its extensions. */
#ifdef NODE_G
#define OPTIMIZATION "-g -O0"
#else
#define OPTIMIZATION "-g -O2"
#endif

/* Cut `tail` off, if that is how it ends. */
static void cut(char *path, const char *tail)
{
    size_t length = strlen(path);
    size_t rest = strlen(tail);

    if (length >= rest && strcmp(path + length - rest, tail) == 0)
        path[length - rest] = '\0';
}

/* PREFIX/include/node, of PREFIX/bin/node or, when it was just built, of
 * PREFIX/node. */
static int find_headers(char *path, size_t size)
{
    int err = place_of_node(path, size - strlen("/include/node"));

    if (err != 0)
        return err;
    *strrchr(path, '/') = '\0';
    cut(path, "/bin");
    strcat(path, "/include/node");
    return 0;
}

/* Hidden: two copies of a library must not come to share what each has for
 * itself, as inline functions and templates do otherwise.  The header is there
 * already: the manual's samples begin without one. */
int cflags_print(void)
{
    char headers[PATH_MAX];
    int err = find_headers(headers, sizeof headers);

    if (err == 0 && access(headers, R_OK) != 0)
        err = UV_ENOENT;
    if (err != 0) {
        fprintf(stderr, "node: cannot find the headers of extensions%s%s: %s\n",
                err == UV_ENOENT ? " in " : "",
                err == UV_ENOENT ? headers : "", uv_strerror(err));
        return EXIT_FAILURE;
    }
    if (strpbrk(headers, " \t\n") != NULL)
        fprintf(stderr, "node: the shell divides these flags at the blanks of "
                "%s\n", headers);
    printf("-I%s -include %s/node.h -fPIC -fvisibility=hidden %s\n", headers,
           headers, OPTIMIZATION);
    return EXIT_SUCCESS;
}
