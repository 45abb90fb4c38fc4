// SPDX-License-Identifier: MIT
#include "net/decoder.h"

/* Length of the character that `lead` begins; 0: it begins none. */
static size_t character_length(unsigned char lead)
{
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    return 0;
}

size_t decoder_tail(const char *bytes, size_t length)
{
    for (size_t back = 1; back <= 3 && back <= length; back++) {
        unsigned char byte = (unsigned char)bytes[length - back];
        if ((byte & 0xC0) == 0x80)
            continue; /* inside a character */
        return character_length(byte) > back ? back : 0;
    }
    return 0;
}
