// SPDX-License-Identifier: MIT
#ifndef SRC_BUILTIN_H
#define SRC_BUILTIN_H

#include "isolates/js.h"

/*
 * builtin: the JavaScript half of the API (src/lib), in the order in which it
 * runs: when node is built, to make the snapshot that every shard starts from.
 */

/* The list, ending in { NULL }.  Made once, on the main thread; stays. */
const struct js_source *builtin_sources(void);

/* What mksnapshot made of them.  Only in node itself. */
struct js_snapshot builtin_snapshot(void);

#endif
