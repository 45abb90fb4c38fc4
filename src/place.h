// SPDX-License-Identifier: MIT
#ifndef SRC_PLACE_H
#define SRC_PLACE_H

#include <stddef.h>

/*
 * place: where node is.
 *
 * Installed in P, users run P/bin/node; that is the launcher, and what the
 * kernel says runs is P/lib/node/node (src/launcher.c says why).
 */

/* The absolute path by which node can be run again: P/bin/node, or where it was
 * built.  Writes it with its NUL to `path`, of `size` bytes.  Returns 0, or a
 * negative errno: there is no /proc, or the path is longer.  Any thread. */
int place_of_node(char *path, size_t size);

#endif
