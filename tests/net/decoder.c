// SPDX-License-Identifier: MIT
#include "net/decoder.h"

#include "tests/test.h"

#include <stdlib.h>

#define TAIL(literal) decoder_tail(literal, sizeof(literal) - 1)

TEST(whole_characters_leave_no_tail)
{
    CHECK_EQ(TAIL(""), 0);
    CHECK_EQ(TAIL("a"), 0);
    CHECK_EQ(TAIL("\0"), 0);
    CHECK_EQ(TAIL("\x7F"), 0);
    CHECK_EQ(TAIL("\xC2\x80"), 0);
    CHECK_EQ(TAIL("\xDF\xBF"), 0);
    CHECK_EQ(TAIL("\xE0\xA0\x80"), 0);
    CHECK_EQ(TAIL("\xEF\xBF\xBF"), 0);
    CHECK_EQ(TAIL("\xF0\x90\x80\x80"), 0);
    CHECK_EQ(TAIL("\xF4\x8F\xBF\xBF"), 0);
    CHECK_EQ(TAIL("\xE2\x82\xAC" "a"), 0);
}

TEST(the_first_bytes_of_a_character_are_its_tail)
{
    CHECK_EQ(TAIL("\xC2"), 1);
    CHECK_EQ(TAIL("\xDF"), 1);
    CHECK_EQ(TAIL("\xE0"), 1);
    CHECK_EQ(TAIL("\xE2\x82"), 2);
    CHECK_EQ(TAIL("\xEF"), 1);
    CHECK_EQ(TAIL("\xF0"), 1);
    CHECK_EQ(TAIL("\xF0\x9F"), 2);
    CHECK_EQ(TAIL("\xF0\x9F\x98"), 3);
    CHECK_EQ(TAIL("\xF4\x8F\xBF"), 3);
    CHECK_EQ(TAIL("aaaa\xF0\x9F\x98"), 3);
    CHECK_EQ(TAIL("\xE2\x82\xAC\xE2\x82"), 2);
}

/* What can become no character must not wait for more. */
TEST(bytes_that_begin_no_character_are_no_tail)
{
    CHECK_EQ(TAIL("\x80"), 0);
    CHECK_EQ(TAIL("\xBF\xBF\xBF\xBF\xBF"), 0);
    CHECK_EQ(TAIL("a\x80\x80\x80"), 0);
    CHECK_EQ(TAIL("\xC0"), 0);
    CHECK_EQ(TAIL("\xC1"), 0);
    CHECK_EQ(TAIL("\xF5"), 0);
    CHECK_EQ(TAIL("\xFE"), 0);
    CHECK_EQ(TAIL("\xFF"), 0);
    CHECK_EQ(TAIL("\xF8\x88\x80"), 0);
    CHECK_EQ(TAIL("\xC2\x80\x80"), 0); /* more than it can have */
    CHECK_EQ(TAIL("\xE2\x82\xAC\x80"), 0);
}

/* However a text is divided: the tail of one piece, put before the next, makes
 * pieces that are whole characters. */
TEST(a_text_cut_anywhere_comes_out_in_whole_characters)
{
    static const char text[] = "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80z";
    static const char starts[] = "110100100010";
    size_t length = sizeof text - 1;
    for (size_t cut = 0; cut <= length; cut++) {
        size_t tail = decoder_tail(text, cut);
        CHECK_TRUE(tail <= 3 && tail <= cut);
        CHECK_TRUE(cut == length || starts[cut - tail] == '1');
        if (cut < length && starts[cut] == '1')
            CHECK_EQ(tail, 0);
    }
}

/* AddressSanitizer sees a look before the first byte. */
TEST(nothing_outside_the_bytes_is_looked_at)
{
    unsigned seed = 1;
    for (size_t length = 0; length < 6; length++)
        for (int i = 0; i < 10000; i++) {
            char *bytes = malloc(length);
            for (size_t at = 0; at < length; at++)
                bytes[at] = (char)(0x80 + rand_r(&seed) % 0x80);
            CHECK_TRUE(decoder_tail(bytes, length) <= length);
            free(bytes);
        }
}
