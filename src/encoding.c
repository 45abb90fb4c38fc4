// SPDX-License-Identifier: MIT
#include "src/encoding.h"

#include "sched/check.h"

#include <stdlib.h>
#include <string.h>

static js_value decode_utf8(struct js *js, struct decoder *decoder,
                            const char *bytes, size_t length, bool last)
{
    char *joined = NULL;
    if (decoder->length > 0) {
        joined = xmalloc(decoder->length + length);
        memcpy(joined, decoder->bytes, decoder->length);
        memcpy(joined + decoder->length, bytes, length);
        bytes = joined;
        length += decoder->length;
    }
    size_t tail = last ? 0 : decoder_tail(bytes, length);
    decoder->length = (uint8_t)tail;
    memcpy(decoder->bytes, bytes + length - tail, tail);
    js_value text = js_string(js, bytes, length - tail);
    free(joined);
    return text;
}

js_value encoding_decode(struct js *js, enum encoding encoding,
                         struct decoder *decoder, const char *bytes,
                         size_t length, bool last)
{
    switch (encoding) {
    case ENCODING_UTF8:
        return decode_utf8(js, decoder, bytes, length, last);
    case ENCODING_BYTES:
        return js_uint8_array(js, bytes, length);
    default:
        return js_string_latin1(js, bytes, length);
    }
}

size_t encoding_size(struct js *js, enum encoding encoding, js_value string)
{
    return encoding == ENCODING_UTF8 ? js_string_utf8_length(js, string)
                                     : js_string_length(string);
}

size_t encoding_encode(struct js *js, enum encoding encoding, js_value string,
                       char *out, size_t size)
{
    if (encoding == ENCODING_UTF8)
        return js_string_write_utf8(js, string, out, size);
    js_string_write_latin1(js, string, 0, size, out);
    return size;
}
