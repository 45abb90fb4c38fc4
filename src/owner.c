// SPDX-License-Identifier: MIT
#include "src/owner.h"

static uint64_t fnv1a(const char *key, size_t length)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < length; i++) {
        hash ^= (unsigned char)key[i];
        hash *= UINT64_C(0x100000001b3);
    }
    return hash;
}

/* FNV's high bits change too little with the last bytes of a short key. */
static uint64_t mix(uint64_t hash)
{
    hash ^= hash >> 33;
    hash *= UINT64_C(0xff51afd7ed558ccd);
    hash ^= hash >> 33;
    hash *= UINT64_C(0xc4ceb9fe1a85ec53);
    return hash ^ hash >> 33;
}

/* Each step finds the next count of shards at which the key would move. */
static unsigned jump(uint64_t hash, unsigned count)
{
    int64_t owner = -1, next = 0;
    while (next < count) {
        owner = next;
        hash = hash * UINT64_C(2862933555777941757) + 1;
        next = (int64_t)((double)(owner + 1) *
                         ((double)(INT64_C(1) << 31) /
                          (double)((hash >> 33) + 1)));
    }
    return (unsigned)owner;
}

unsigned owner_of(const char *key, size_t length, unsigned count)
{
    return jump(mix(fnv1a(key, length)), count);
}
