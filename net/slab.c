// SPDX-License-Identifier: MIT
#include "net/slab.h"

#include "sched/check.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHUNK_ITEMS = 64,
    LINE = 64, /* bytes of the cache; an item begins with one */
    GENERATIONS = (1 << 30) - 1,
    FREE = 1 << 30 /* in the generation of a free item: matches no name */
};

void slab_init(struct slab *slab, size_t item_size)
{
    memset(slab, 0, sizeof *slab);
    slab->item_size = (uint32_t)((item_size + LINE - 1) / LINE * LINE);
}

void slab_fini(struct slab *slab)
{
    CHECK(slab->used == 0);
    for (uint32_t i = 0; i < slab->chunk_count; i++)
        free(slab->chunks[i]);
    free(slab->chunks);
}

static struct slab_item *item_at(const struct slab *slab, uint32_t place)
{
    char *chunk = slab->chunks[place / CHUNK_ITEMS];
    return (struct slab_item *)(chunk +
                                place % CHUNK_ITEMS * slab->item_size);
}

static void grow(struct slab *slab)
{
    uint32_t first = slab->chunk_count * CHUNK_ITEMS;
    slab->chunks = xrealloc(slab->chunks, (slab->chunk_count + 1) *
                                              sizeof slab->chunks[0]);
    char *chunk = aligned_alloc(LINE, (size_t)CHUNK_ITEMS * slab->item_size);
    CHECK(chunk != NULL);
    slab->chunks[slab->chunk_count++] = chunk;
    for (uint32_t i = CHUNK_ITEMS; i-- > 0;) {
        struct slab_item *item = item_at(slab, first + i);
        item->place = first + i;
        item->generation = FREE;
        item->next = slab->free;
        slab->free = item;
    }
}

struct slab_item *slab_pop(struct slab *slab)
{
    if (slab->free == NULL)
        grow(slab);
    struct slab_item *item = slab->free;
    slab->free = item->next;
    slab->used++;
    slab->taken++;
    item->generation &= GENERATIONS;
    return item;
}

void slab_give(struct slab *slab, void *freed)
{
    struct slab_item *item = freed;
    CHECK((item->generation & FREE) == 0);
    item->generation = ((item->generation + 1) & GENERATIONS) | FREE;
    item->next = slab->free;
    slab->free = item;
    slab->used--;
}

void *slab_find(const struct slab *slab, uint32_t place, uint32_t generation)
{
    if (place / CHUNK_ITEMS >= slab->chunk_count)
        return NULL;
    struct slab_item *item = item_at(slab, place);
    return item->generation == generation ? item : NULL;
}

void slab_each(struct slab *slab, void (*each)(void *item, void *arg),
               void *arg)
{
    for (uint32_t place = 0; place < slab->chunk_count * CHUNK_ITEMS;
         place++) {
        struct slab_item *item = item_at(slab, place);
        if ((item->generation & FREE) == 0)
            each(item, arg);
    }
}
