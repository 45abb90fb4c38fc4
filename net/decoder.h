// SPDX-License-Identifier: MIT
#ifndef NET_DECODER_H
#define NET_DECODER_H

#include <stddef.h>
#include <stdint.h>

/*
 * decoder: what is left of a UTF-8 character (RFC 3629) that a stream's pieces
 * divide.
 */
struct decoder {
    uint8_t length;
    char bytes[3];
};

/* How many bytes at the end of `bytes` begin a character whose other bytes
 * are still to come: 0 to 3. */
size_t decoder_tail(const char *bytes, size_t length);

#endif
