// SPDX-License-Identifier: MIT
#ifndef SRC_COMMONS_H
#define SRC_COMMONS_H

#include "isolates/js.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * commons: what all shards have by name, under one lock: memory, and the
 * outcome of what runs once.  What has a name keeps it until the process ends.
 *
 * Threads: any shard's, but for commons_close().
 */

/* Find or make `length` zeroed bytes.  Returns 0, or
 *   -EEXIST  they exist, and have another length: *length is that
 *   -ENOMEM */
int commons_memory(const char *name, size_t name_length, size_t *length,
                   void **memory);

enum once {
    ONCE_MINE,    /* the caller is the first: it runs, then settles */
    ONCE_RUNNING, /* another does */
    ONCE_SUCCESS,
    ONCE_FAILURE
};

/* The first who claims a name gets it; everybody later gets what has become of
 * it: after the end also what it was settled with, which stays ours. */
enum once commons_claim(const char *name, size_t name_length,
                        struct js_clone **outcome);

/* By who claimed it, once.  Takes the reference to `outcome`. */
void commons_settle(const char *name, size_t name_length, bool failed,
                    struct js_clone *outcome);

/* No isolate is open, and the engine has not stopped. */
void commons_close(void);

#endif
