// SPDX-License-Identifier: MIT
#include "net/bytes.h"

#include "sched/check.h"

#include <stdlib.h>
#include <string.h>

void bytes_init(struct bytes *bytes)
{
    bytes->arena = xmalloc(BYTES_ARENA);
    bytes->used = 0;
    bytes->pieces = 0;
    bytes->spare = NULL;
    bytes->spares = 0;
}

void bytes_fini(struct bytes *bytes)
{
    while (bytes->spare != NULL) {
        struct block *block = bytes->spare;
        bytes->spare = block->next;
        free(block);
    }
    free(bytes->arena);
}

char *bytes_room(const struct bytes *bytes)
{
    if (bytes->used > BYTES_ARENA - BYTES_READ)
        return NULL;
    return bytes->arena + bytes->used;
}

void bytes_keep(struct bytes *bytes, size_t length)
{
    bytes->used += (length + 63) / 64 * 64; /* a cache line has one piece */
    bytes->pieces++;
}

void bytes_release(struct bytes *bytes)
{
    if (--bytes->pieces == 0)
        bytes->used = 0;
}

static struct block *block_new(struct bytes *bytes, size_t length)
{
    size_t usual = BYTES_BLOCK - sizeof(struct block);
    struct block *block = bytes->spare;
    if (length > usual) {
        block = xmalloc(sizeof *block + length);
        block->capacity = length;
    } else if (block != NULL) {
        bytes->spare = block->next;
        bytes->spares--;
    } else {
        block = xmalloc(BYTES_BLOCK);
        block->capacity = usual;
    }
    block->next = NULL;
    block->start = 0;
    block->end = 0;
    return block;
}

static void block_free(struct bytes *bytes, struct block *block)
{
    if (block->capacity != BYTES_BLOCK - sizeof *block ||
        bytes->spares == BYTES_SPARE) {
        free(block);
        return;
    }
    block->next = bytes->spare;
    bytes->spare = block;
    bytes->spares++;
}

struct block *chain_extend(struct bytes *bytes, struct chain *chain,
                           size_t length)
{
    struct block *block = block_new(bytes, length);
    if (chain->last == NULL)
        chain->first = block;
    else
        chain->last->next = block;
    chain->last = block;
    return block;
}

void chain_append(struct bytes *bytes, struct chain *chain, const char *data,
                  size_t length)
{
    if (length == 0)
        return;
    memcpy(chain_reserve(bytes, chain, length), data, length);
    chain_commit(chain, length);
}

void chain_move(struct chain *to, struct chain *from)
{
    if (from->first == NULL)
        return;
    if (to->last == NULL)
        to->first = from->first;
    else
        to->last->next = from->first;
    to->last = from->last;
    to->length += from->length;
    *from = (struct chain){ 0 };
}

void chain_drop(struct bytes *bytes, struct chain *chain, size_t length)
{
    CHECK(length <= chain->length);
    chain->length -= length;
    while (chain->first != NULL) {
        struct block *block = chain->first;
        size_t held = block->end - block->start;
        if (length < held) {
            block->start += length;
            return;
        }
        length -= held;
        chain->first = block->next;
        block_free(bytes, block);
    }
    chain->last = NULL;
}

unsigned chain_buffers(const struct chain *chain, struct iovec *buffers,
                       unsigned count)
{
    unsigned used = 0;
    for (struct block *block = chain->first; block != NULL && used < count;
         block = block->next) {
        if (block->end == block->start)
            continue;
        buffers[used].iov_base = block->data + block->start;
        buffers[used].iov_len = block->end - block->start;
        used++;
    }
    return used;
}

struct piece *piece_new(unsigned kind, const char *bytes, size_t length)
{
    struct piece *piece = xmalloc(sizeof *piece + length);
    piece->next = NULL;
    piece->kind = kind;
    piece->length = length;
    if (length > 0)
        memcpy(piece->bytes, bytes, length);
    return piece;
}

void pieces_push(struct pieces *pieces, struct piece *piece)
{
    if (pieces->first == NULL)
        pieces->first = piece;
    else
        pieces->last->next = piece;
    pieces->last = piece;
}

struct piece *pieces_pop(struct pieces *pieces)
{
    struct piece *piece = pieces->first;
    if (piece != NULL) {
        pieces->first = piece->next;
        piece->next = NULL;
    }
    return piece;
}

void pieces_clear(struct pieces *pieces)
{
    struct piece *piece;
    while ((piece = pieces_pop(pieces)) != NULL)
        free(piece);
}
