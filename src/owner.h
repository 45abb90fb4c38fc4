// SPDX-License-Identifier: MIT
#ifndef SRC_OWNER_H
#define SRC_OWNER_H

#include <stddef.h>
#include <stdint.h>

/*
 * owner: which of `count` shards a key belongs to.
 *
 * The key's bytes are hashed by 64-bit FNV-1a, whose bits are then mixed (the
 * finalizer of MurmurHash3), and the hash is placed by jump consistent hashing
 * (Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm",
 * 2014): with one shard more, one key in `count` moves, and only to the new
 * one.  Programs keep data by it: it does not change between releases.
 */
unsigned owner_of(const char *key, size_t length, unsigned count);

#endif
