// SPDX-License-Identifier: MIT
#ifndef SRC_ENCODING_H
#define SRC_ENCODING_H

#include "isolates/js.h"
#include "net/decoder.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * encoding: between bytes and what a program has of them.
 *
 * The names are src/lib's ("utf8", "ascii", "binary", "bytes"); C knows the
 * numbers.  ascii is binary: both are the low byte of each character.
 */
enum encoding {
    ENCODING_BINARY,
    ENCODING_UTF8,
    ENCODING_BYTES /* a Uint8Array; of strings: as binary */
};

/* A piece of a stream.  A UTF-8 character divided between pieces comes with the
 * second one; `last` says that no further piece will come. */
js_value encoding_decode(struct js *js, enum encoding encoding,
                         struct decoder *decoder, const char *bytes,
                         size_t length, bool last);

/* Bytes that `string` takes, and its bytes, written to `out`; returns how many
 * they were. */
size_t encoding_size(struct js *js, enum encoding encoding, js_value string);
size_t encoding_encode(struct js *js, enum encoding encoding, js_value string,
                       char *out, size_t size);

#endif
