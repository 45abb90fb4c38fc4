// SPDX-License-Identifier: MIT
#ifndef SCHED_CHECK_H
#define SCHED_CHECK_H

#include <stddef.h>

/*
 * check: bugs abort, with file, line and what was expected.
 *
 * CHECK() states what only a bug of ours can break; it stays on in every
 * build.  What the outside can do is never checked with it: that is an error,
 * returned as a negative errno.
 */
#define CHECK(condition)                                                   \
    ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))

#define CONTAINER_OF(pointer, type, member)                                \
    ((type *)((char *)(pointer) - offsetof(type, member)))

_Noreturn void check_failed(const char *file, int line, const char *what);

/* Memory, or the end of the process: nothing useful can be done without.
 * The caller owns what is returned and frees it with free(). */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *memory, size_t size);

#endif
