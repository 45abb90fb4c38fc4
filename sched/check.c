// SPDX-License-Identifier: MIT
#include "sched/check.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void check_failed(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: a bug: expected %s\n", file, line, what);
    abort();
}

static void *found(void *memory, size_t size)
{
    if (memory == NULL && size != 0) {
        fprintf(stderr, "out of memory: %zu bytes\n", size);
        abort();
    }
    return memory;
}

void *xmalloc(size_t size)
{
    return found(malloc(size), size);
}

void *xcalloc(size_t count, size_t size)
{
    return found(calloc(count, size), count == 0 ? 0 : size);
}

void *xrealloc(void *memory, size_t size)
{
    return found(realloc(memory, size), size);
}
