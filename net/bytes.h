// SPDX-License-Identifier: MIT
#ifndef NET_BYTES_H
#define NET_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

/*
 * bytes: memory for what is read and written.
 *
 * A shard has one struct bytes.  Its arena serves every read: pieces are read one
 * behind the other, looked at in the same turn, and the arena starts again; what
 * is to live longer is copied out of it.  Output is gathered in chains
 * of blocks; blocks of the usual size go back to the shard's own list, so an
 * idle connection owns no buffer and a busy one allocates nothing.
 *
 * Threads: all of it on the shard's own.
 */
enum {
    BYTES_READ = 64 * 1024,    /* most bytes of a read */
    BYTES_ARENA = 1024 * 1024, /* what may be read before it is looked at */
    /* An odd number of cache lines, so that the blocks of many connections do
     * not begin in the same set of the cache. */
    BYTES_BLOCK = 4096 + 5 * 64,
    BYTES_SPARE = 1024 /* most blocks kept for later: 4 MB */
};

struct block {
    struct block *next;
    size_t start; /* what is before it has been written */
    size_t end;
    size_t capacity;
    char data[];
};

/* What was read in one piece, kept until the program takes it. */
struct piece {
    struct piece *next;
    unsigned kind; /* the owner's */
    size_t length;
    char bytes[];
};

struct pieces {
    struct piece *first;
    struct piece *last;
};

/* A queue of bytes. */
struct chain {
    struct block *first;
    struct block *last;
    size_t length;
};

struct bytes {
    char *arena;
    size_t used;   /* of the arena */
    size_t pieces; /* in it, not looked at yet */
    struct block *spare;
    size_t spares;
};

/* Room for a read, or NULL: first look at what was read.  When it brought
 * something, keep what it brought; release each piece kept once. */
char *bytes_room(const struct bytes *bytes);
void bytes_keep(struct bytes *bytes, size_t length);
void bytes_release(struct bytes *bytes);

void bytes_init(struct bytes *bytes);
void bytes_fini(struct bytes *bytes);

/* A new block of room for `length` bytes. */
struct block *chain_extend(struct bytes *bytes, struct chain *chain,
                           size_t length);

/* Room for `length` bytes in one piece at the chain's end; fill it, then
 * commit what is used of it.  The pointer is good until then. */
static inline char *chain_reserve(struct bytes *bytes, struct chain *chain,
                                  size_t length)
{
    struct block *last = chain->last;
    if (last == NULL || last->capacity - last->end < length)
        last = chain_extend(bytes, chain, length);
    return last->data + last->end;
}
static inline void chain_commit(struct chain *chain, size_t length)
{
    chain->last->end += length;
    chain->length += length;
}

void chain_append(struct bytes *bytes, struct chain *chain, const char *data,
                  size_t length);

/* Move all of `from` behind `to`; `from` is empty after. */
void chain_move(struct chain *to, struct chain *from);

/* Drop `length` bytes, at most all, from the front. */
void chain_drop(struct bytes *bytes, struct chain *chain, size_t length);
static inline void chain_clear(struct bytes *bytes, struct chain *chain)
{
    if (chain->first != NULL)
        chain_drop(bytes, chain, chain->length);
}

/* Describe the chain's first bytes; returns how many of `buffers` are used. */
unsigned chain_buffers(const struct chain *chain, struct iovec *buffers,
                       unsigned count);

/* A copy of `bytes`; free() it. */
struct piece *piece_new(unsigned kind, const char *bytes, size_t length);
void pieces_push(struct pieces *pieces, struct piece *piece);
struct piece *pieces_pop(struct pieces *pieces); /* NULL: there is none */
void pieces_clear(struct pieces *pieces);

#endif
