// SPDX-License-Identifier: MIT
#ifndef TESTS_NET_TEXT_H
#define TESTS_NET_TEXT_H

#include "sched/check.h"
#include "tests/test.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/*
 * text: bytes that a test gathers, and their comparison.
 */
struct text {
    char *bytes; /* NUL behind them, not counted */
    size_t length;
    size_t capacity;
};

static inline void text_add(struct text *text, const char *bytes,
                            size_t length)
{
    if (text->length + length >= text->capacity) {
        text->capacity = (text->length + length + 64) * 2;
        text->bytes = xrealloc(text->bytes, text->capacity);
    }
    if (length > 0)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = 0;
}

__attribute__((format(printf, 2, 3))) static inline void
text_print(struct text *text, const char *format, ...)
{
    char line[512];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    CHECK(length >= 0 && (size_t)length < sizeof line);
    text_add(text, line, (size_t)length);
}

static inline bool text_has(const struct text *text, const char *part)
{
    return text->length > 0 && strstr(text->bytes, part) != NULL;
}

static inline bool text_ends(const struct text *text, const char *end)
{
    size_t length = strlen(end);
    return text->length >= length &&
           memcmp(text->bytes + text->length - length, end, length) == 0;
}

static inline void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){ 0 };
}

/* One line a line, with what is no text made visible. */
static inline void text_show(const char *which, const char *bytes,
                             size_t length)
{
    enum { MOST = 2000 };
    fprintf(stderr, "  %s, %zu bytes: \"", which, length);
    for (size_t i = 0; i < length && i < MOST; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte == '\n')
            fputs("\\n\n    ", stderr);
        else if (byte == '\r')
            fputs("\\r", stderr);
        else if (byte < ' ' || byte > '~')
            fprintf(stderr, "\\x%02X", byte);
        else
            fputc(byte, stderr);
    }
    fprintf(stderr, "\"%s\n", length > MOST ? " ..." : "");
}

static inline void text_compare(const char *file, int line, const char *what,
                                const char *left, size_t left_length,
                                const char *right, size_t right_length)
{
    if (left_length == right_length &&
        (left_length == 0 || memcmp(left, right, left_length) == 0))
        return;
    atomic_fetch_add(&test_failures, 1);
    fprintf(stderr, "%s:%d: %s is not as expected\n", file, line, what);
    text_show("found", left, left_length);
    text_show("expected", right, right_length);
}

/* NUL-terminated text. */
#define CHECK_TEXT(found, expected)                                        \
    text_compare(__FILE__, __LINE__, #found, found, strlen(found),         \
                 expected, strlen(expected))

#define CHECK_BYTES(found, expected)                                       \
    text_compare(__FILE__, __LINE__, #found, (found)->bytes,               \
                 (found)->length, expected, strlen(expected))

/* FNV-1a (Fowler, Noll, Vo), to be continued piece by piece. */
static inline uint64_t checksum(uint64_t sum, const char *bytes,
                                size_t length)
{
    if (sum == 0)
        sum = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < length; i++)
        sum = (sum ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    return sum;
}

/* Bytes of which no two neighbourhoods are alike: `at` is their place in an
 * endless stream. */
static inline void fill(char *bytes, size_t length, uint64_t at)
{
    for (size_t i = 0; i < length; i++) {
        uint64_t word = ((at + i) / 8 + 1) * UINT64_C(0x9E3779B97F4A7C15);
        bytes[i] = (char)((word ^ word >> 29) >> (at + i) % 8 * 8);
    }
}

#endif
