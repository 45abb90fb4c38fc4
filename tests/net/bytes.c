// SPDX-License-Identifier: MIT
#include "net/bytes.h"

#include "tests/net/text.h"

/* The usual block's room. */
#define ROOM (BYTES_BLOCK - sizeof(struct block))

static void check_chain(const struct chain *chain, const char *expected)
{
    size_t length = 0;
    const struct block *last = NULL;
    for (const struct block *b = chain->first; b != NULL; b = b->next) {
        CHECK_TRUE(b->start <= b->end && b->end <= b->capacity);
        size_t held = b->end - b->start;
        CHECK_TRUE(length + held <= strlen(expected));
        CHECK_EQ(memcmp(b->data + b->start, expected + length, held), 0);
        length += held;
        last = b;
    }
    CHECK_EQ(length, strlen(expected));
    CHECK_EQ(chain->length, length);
    CHECK_TRUE(chain->last == last);
}

static void append(struct bytes *bytes, struct chain *chain, const char *text)
{
    chain_append(bytes, chain, text, strlen(text));
}

/* One block a call. */
static void append_block(struct bytes *bytes, struct chain *chain,
                         const char *text)
{
    char *out = chain_reserve(bytes, chain, ROOM);
    memcpy(out, text, strlen(text));
    chain_commit(chain, strlen(text));
}

static unsigned blocks(const struct chain *chain)
{
    unsigned count = 0;
    for (const struct block *b = chain->first; b != NULL; b = b->next)
        count++;
    return count;
}

TEST(what_is_appended_comes_in_order)
{
    struct bytes bytes;
    struct chain chain = { 0 };
    bytes_init(&bytes);
    check_chain(&chain, "");
    append(&bytes, &chain, "one ");
    append(&bytes, &chain, "");
    append(&bytes, &chain, "two ");
    append_block(&bytes, &chain, "three");
    check_chain(&chain, "one two three");
    chain_clear(&bytes, &chain);
    check_chain(&chain, "");
    bytes_fini(&bytes);
}

TEST(appending_nothing_takes_no_block)
{
    struct bytes bytes;
    struct chain chain = { 0 };
    bytes_init(&bytes);
    chain_append(&bytes, &chain, NULL, 0);
    CHECK_TRUE(chain.first == NULL);
    bytes_fini(&bytes);
}

TEST(a_reservation_is_one_piece_of_whatever_length)
{
    static const size_t lengths[] = { 0, 1, ROOM - 1, ROOM, ROOM + 1,
                                      10 * BYTES_BLOCK, 1 << 20 };
    struct bytes bytes;
    bytes_init(&bytes);
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        for (size_t before = 0; before < 2; before++) {
            struct chain chain = { 0 };
            append(&bytes, &chain, before ? "x" : "");
            char *out = chain_reserve(&bytes, &chain, lengths[i]);
            memset(out, 'y', lengths[i]); /* AddressSanitizer looks on */
            chain_commit(&chain, lengths[i]);
            CHECK_EQ(chain.length, before + lengths[i]);
            CHECK_TRUE(chain.last->end <= chain.last->capacity);
            chain_clear(&bytes, &chain);
        }
    }
    bytes_fini(&bytes);
}

TEST(a_reservation_may_be_used_in_part_or_not_at_all)
{
    struct bytes bytes;
    struct chain chain = { 0 };
    bytes_init(&bytes);
    chain_reserve(&bytes, &chain, 100);
    check_chain(&chain, "");
    memcpy(chain_reserve(&bytes, &chain, 100), "abc", 3);
    chain_commit(&chain, 3);
    chain_reserve(&bytes, &chain, ROOM);
    check_chain(&chain, "abc");
    append(&bytes, &chain, "def");
    check_chain(&chain, "abcdef");
    chain_clear(&bytes, &chain);
    bytes_fini(&bytes);
}

TEST(a_block_is_filled_to_its_last_byte_before_another_is_taken)
{
    struct bytes bytes;
    struct chain chain = { 0 };
    bytes_init(&bytes);
    for (size_t i = 0; i < ROOM; i++)
        append(&bytes, &chain, "x");
    CHECK_EQ(blocks(&chain), 1);
    append(&bytes, &chain, "x");
    CHECK_EQ(blocks(&chain), 2);
    CHECK_EQ(chain.length, ROOM + 1);
    chain_clear(&bytes, &chain);
    bytes_fini(&bytes);
}

TEST(a_chain_moves_behind_another)
{
    struct bytes bytes;
    struct chain to = { 0 }, from = { 0 };
    bytes_init(&bytes);
    chain_move(&to, &from);
    check_chain(&to, "");
    append(&bytes, &from, "one");
    chain_move(&to, &from);
    check_chain(&to, "one");
    check_chain(&from, "");
    chain_move(&to, &from);
    check_chain(&to, "one");
    append(&bytes, &from, "two");
    append_block(&bytes, &from, "three");
    chain_move(&to, &from);
    check_chain(&to, "onetwothree");
    check_chain(&from, "");
    append(&bytes, &to, "four");
    check_chain(&to, "onetwothreefour");
    chain_clear(&bytes, &to);
    bytes_fini(&bytes);
}

TEST(dropping_takes_bytes_from_the_front)
{
    struct bytes bytes;
    bytes_init(&bytes);
    for (size_t length = 0; length <= 6; length++) {
        struct chain chain = { 0 };
        append_block(&bytes, &chain, "ab");
        append_block(&bytes, &chain, "cd");
        append_block(&bytes, &chain, "ef");
        chain_drop(&bytes, &chain, length);
        check_chain(&chain, &"abcdef"[length]);
        append(&bytes, &chain, "!");
        CHECK_EQ(chain.length, 6 - length + 1);
        chain_clear(&bytes, &chain);
    }
    bytes_fini(&bytes);
}

TEST(buffers_are_the_blocks_that_hold_something)
{
    struct bytes bytes;
    struct chain chain = { 0 };
    struct iovec buffers[4];
    bytes_init(&bytes);
    CHECK_EQ(chain_buffers(&chain, buffers, 4), 0);
    append_block(&bytes, &chain, "");
    CHECK_EQ(chain_buffers(&chain, buffers, 4), 0);
    append_block(&bytes, &chain, "abc");
    append_block(&bytes, &chain, "");
    append_block(&bytes, &chain, "de");
    chain_drop(&bytes, &chain, 1);
    CHECK_EQ(chain_buffers(&chain, buffers, 4), 2);
    CHECK_EQ(buffers[0].iov_len, 2);
    CHECK_EQ(memcmp(buffers[0].iov_base, "bc", 2), 0);
    CHECK_EQ(buffers[1].iov_len, 2);
    CHECK_EQ(memcmp(buffers[1].iov_base, "de", 2), 0);
    CHECK_EQ(chain_buffers(&chain, buffers, 1), 1);
    CHECK_EQ(chain_buffers(&chain, buffers, 0), 0);
    chain_clear(&bytes, &chain);
    bytes_fini(&bytes);
}

TEST(usual_blocks_are_used_again_and_large_ones_are_not_kept)
{
    struct bytes bytes;
    struct chain chain = { 0 };
    bytes_init(&bytes);
    append_block(&bytes, &chain, "x");
    const struct block *block = chain.first;
    chain_clear(&bytes, &chain);
    CHECK_EQ(bytes.spares, 1);
    append(&bytes, &chain, "y");
    CHECK_TRUE(chain.first == block);
    CHECK_EQ(bytes.spares, 0);
    check_chain(&chain, "y");
    chain_clear(&bytes, &chain);
    chain_reserve(&bytes, &chain, ROOM + 1);
    chain_commit(&chain, ROOM + 1);
    chain_clear(&bytes, &chain);
    CHECK_EQ(bytes.spares, 1);
    bytes_fini(&bytes);
}

TEST(only_so_many_blocks_are_kept)
{
    struct bytes bytes;
    struct chain chain = { 0 };
    bytes_init(&bytes);
    for (int i = 0; i < BYTES_SPARE + 10; i++)
        append_block(&bytes, &chain, "x");
    chain_clear(&bytes, &chain);
    CHECK_EQ(bytes.spares, BYTES_SPARE);
    bytes_fini(&bytes);
}

TEST(the_arena_takes_reads_until_it_is_full_and_starts_again)
{
    struct bytes bytes;
    bytes_init(&bytes);
    char *first = bytes_room(&bytes);
    size_t kept = 0;
    for (char *room; (room = bytes_room(&bytes)) != NULL; kept++) {
        CHECK_TRUE(room == first + kept * BYTES_READ);
        memset(room, 'x', BYTES_READ); /* AddressSanitizer looks on */
        bytes_keep(&bytes, BYTES_READ);
    }
    CHECK_EQ(kept, BYTES_ARENA / BYTES_READ);
    for (size_t i = 0; i < kept; i++) {
        CHECK_TRUE(bytes_room(&bytes) == NULL);
        bytes_release(&bytes);
    }
    CHECK_TRUE(bytes_room(&bytes) == first);
    bytes_keep(&bytes, 1);
    CHECK_TRUE(bytes_room(&bytes) == first + 64); /* a cache line on */
    bytes_release(&bytes);
    bytes_fini(&bytes);
}

TEST(pieces_are_copies_and_come_in_order)
{
    struct pieces pieces = { 0 };
    char bytes[] = "one";
    CHECK_TRUE(pieces_pop(&pieces) == NULL);
    pieces_push(&pieces, piece_new(1, bytes, 3));
    memset(bytes, 'x', 3);
    pieces_push(&pieces, piece_new(2, NULL, 0));
    struct piece *piece = pieces_pop(&pieces);
    CHECK_EQ(piece->kind, 1);
    CHECK_EQ(piece->length, 3);
    CHECK_EQ(memcmp(piece->bytes, "one", 3), 0);
    free(piece);
    pieces_push(&pieces, piece_new(3, "three", 5));
    piece = pieces_pop(&pieces);
    CHECK_EQ(piece->kind, 2);
    CHECK_EQ(piece->length, 0);
    free(piece);
    pieces_push(&pieces, piece_new(4, "four", 4));
    pieces_clear(&pieces); /* AddressSanitizer looks on */
    CHECK_TRUE(pieces_pop(&pieces) == NULL);
    pieces_push(&pieces, piece_new(5, "five", 4));
    piece = pieces_pop(&pieces);
    CHECK_EQ(piece->kind, 5);
    free(piece);
    CHECK_TRUE(pieces_pop(&pieces) == NULL);
}

/* A flat buffer beside it. */
TEST(random_use_keeps_every_byte)
{
    enum { MOST = 40000 };
    static char flat[2 * MOST];
    struct bytes bytes;
    struct chain chain = { 0 }, other = { 0 };
    size_t length = 0;
    uint64_t written = 0;
    unsigned seed = 1;
    bytes_init(&bytes);
    for (int round = 0; round < 20000; round++) {
        size_t some = (size_t)rand_r(&seed) % (round % 50 == 0 ? 9000 : 300);
        if (rand_r(&seed) % 2 == 0 && length + some <= MOST) {
            char *out = chain_reserve(&bytes, &chain,
                                      some + (size_t)rand_r(&seed) % 100);
            fill(out, some, written);
            fill(flat + length, some, written);
            chain_commit(&chain, some);
            length += some;
            written += some;
        } else if (rand_r(&seed) % 4 == 0) {
            chain_move(&other, &chain);
            chain_move(&chain, &other);
        } else {
            some = some < length ? some : length;
            chain_drop(&bytes, &chain, some);
            length -= some;
            memmove(flat, flat + some, length);
        }
        size_t at = 0;
        for (struct block *b = chain.first; b != NULL; b = b->next) {
            CHECK_EQ(memcmp(b->data + b->start, flat + at, b->end - b->start),
                     0);
            at += b->end - b->start;
        }
        CHECK_EQ(at, length);
        CHECK_EQ(chain.length, length);
    }
    chain_clear(&bytes, &chain);
    bytes_fini(&bytes);
}
