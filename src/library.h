// SPDX-License-Identifier: MIT
#ifndef SRC_LIBRARY_H
#define SRC_LIBRARY_H

#include <stddef.h>

/*
 * library: shared objects, a private copy for each shard.
 *
 * The loader loads a file once for a process, and with it there is one set of
 * its static variables.  So the first to come gets the file itself, which is
 * how debuggers like it best; the others get copies of it in memory, which are
 * files of their own to the loader.  They are called /proc/PID/fd/N: a name
 * that a debugger can open, and that must not be another's while it is loaded,
 * so the descriptor stays open.
 *
 * Threads: any.
 */
struct library {
    void *handle;
    int fd; /* of a copy, or -1 */
};

/* Returns 0, a negative errno when the file cannot be read, or -ENOEXEC: then
 * `why` (of `size` bytes) has the loader's words, without a newline. */
int library_open(struct library *library, const char *path, char *why,
                 size_t size);

/* For one of whose code nothing has run but what runs by itself. */
void library_close(struct library *library);

/* Its own symbol, not one of those it is linked to; or NULL. */
void *library_find(const struct library *library, const char *name);

#endif
