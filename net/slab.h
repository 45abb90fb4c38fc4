// SPDX-License-Identifier: MIT
#ifndef NET_SLAB_H
#define NET_SLAB_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * slab: items of one size, each with a place and a generation.
 *
 * JavaScript names what lives in C by (place, generation): a name of something
 * freed since finds nothing, so no finalizer is needed and no stale name does
 * harm.  An item's memory is never given back before slab_fini(), and the item
 * freed last is taken first, because the cache has it.
 *
 * Threads: one shard's.
 */
struct slab_item { /* comes first in an item */
    uint32_t place;
    uint32_t generation; /* 30 bits: a small integer of JavaScript's */
    struct slab_item *next; /* while free */
};

struct slab {
    char **chunks;
    uint32_t chunk_count;
    uint32_t item_size;
    uint32_t used;
    struct slab_item *free;
    uint64_t taken; /* times, in all */
};

void slab_init(struct slab *slab, size_t item_size);
void slab_fini(struct slab *slab);

/* An item, zeroed behind its struct slab_item up to `zero` bytes of it, a
 * constant where it matters. */
struct slab_item *slab_pop(struct slab *slab); /* not zeroed */
static inline void *slab_take(struct slab *slab, size_t zero)
{
    struct slab_item *item = slab_pop(slab);
    memset(item + 1, 0, zero - sizeof *item);
    return item;
}
void slab_give(struct slab *slab, void *item);

/* The item, or NULL when it was freed since or never was. */
void *slab_find(const struct slab *slab, uint32_t place, uint32_t generation);

/* Call each() for every item in use; it may give the item back. */
void slab_each(struct slab *slab, void (*each)(void *item, void *arg),
               void *arg);

#endif
