// SPDX-License-Identifier: MIT
#include "src/owner.h"
#include "tests/test.h"

enum {
    KEYS = 20000
};

static unsigned owner_of_number(unsigned number, unsigned count)
{
    char key[16];
    int length = snprintf(key, sizeof key, "key %u", number);
    return owner_of(key, (size_t)length, count);
}

/* Programs keep data by them: a release that changes one loses it. */
TEST(the_owner_of_a_key_is_for_ever)
{
    static const struct {
        const char *key;
        unsigned owners[6]; /* of 1, 2, 3, 8, 64, 1000 */
    } rows[] = {
        { "", { 0, 1, 1, 1, 59, 499 } },
        { "a", { 0, 1, 1, 5, 24, 723 } },
        { "b", { 0, 0, 0, 6, 20, 598 } },
        { "apple", { 0, 0, 0, 0, 8, 449 } },
        { "user:1", { 0, 1, 1, 7, 25, 455 } },
        { "user:2", { 0, 1, 2, 7, 7, 939 } },
        { "user:1000000", { 0, 1, 1, 6, 57, 788 } },
        { "\303\274", { 0, 1, 1, 3, 3, 836 } },
        { "\342\202\254", { 0, 1, 1, 3, 29, 29 } },
        { "\360\237\230\200", { 0, 0, 0, 4, 37, 783 } },
        { "the quick brown fox jumps over the lazy dog",
          { 0, 1, 2, 2, 53, 358 } },
    };
    static const unsigned counts[] = { 1, 2, 3, 8, 64, 1000 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
            CHECK_EQ(owner_of(rows[i].key, strlen(rows[i].key), counts[c]),
                     rows[i].owners[c]);
}

TEST(a_key_is_its_bytes_and_a_nul_is_one)
{
    static const char key[] = "a\0b";
    unsigned whole = 0, cut = 0;
    for (unsigned count = 2; count < 40; count++) {
        whole += owner_of(key, 3, count);
        cut += owner_of(key, 1, count);
    }
    CHECK_TRUE(whole != cut);
}

TEST(with_one_shard_more_a_key_stays_or_moves_to_the_new_one)
{
    for (unsigned key = 0; key < KEYS; key++) {
        unsigned owner = owner_of_number(key, 1);
        CHECK_EQ(owner, 0);
        for (unsigned count = 2; count <= 64; count++) {
            unsigned next = owner_of_number(key, count);
            CHECK_TRUE(next == owner || next == count - 1);
            owner = next;
        }
    }
}

/* Around KEYS / count; five standard deviations of that. */
TEST(each_shard_owns_its_part)
{
    for (unsigned count = 1; count <= 16; count++) {
        unsigned owned[16] = { 0 };
        for (unsigned key = 0; key < KEYS; key++)
            owned[owner_of_number(key, count)]++;
        for (unsigned i = 0; i < count; i++) {
            long long part = KEYS / count;
            long long off = (long long)owned[i] - part;
            CHECK_TRUE(off * off <= 25 * part);
        }
    }
}
