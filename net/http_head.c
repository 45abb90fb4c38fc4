// SPDX-License-Identifier: MIT
#include "net/http_head.h"

#include <endian.h>
#include <string.h>
#include <strings.h>

/* RFC 9110 5.6.2: what a token consists of. */
__extension__ static const bool is_tchar[256] = {
    ['!'] = true,         ['#' ... '\''] = true, ['*'] = true,
    ['+'] = true,         ['-'] = true,          ['.'] = true,
    ['0' ... '9'] = true, ['A' ... 'Z'] = true,  ['^' ... '`'] = true,
    ['a' ... 'z'] = true, ['|'] = true,          ['~'] = true,
};

/* RFC 9110 5.5: what a value consists of, and the blanks around it: VCHAR,
 * obs-text, SP and HTAB. */
static bool is_value(unsigned char c)
{
    return (c >= ' ' && c != 0x7f) || c == '\t';
}

#define EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

/* How many of these eight bytes, from the first on, are of a value and no HTAB?
 * (The high bit of a byte of (x - n) & ~x is set where x < n, and behind the
 * first such byte maybe elsewhere.) */
static int count_value(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    word = le64toh(word);
    uint64_t del = word ^ EIGHT(0x7f);
    uint64_t bad = ((word - EIGHT(' ')) & ~word) | ((del - EIGHT(1)) & ~del);
    bad &= EIGHT(0x80);
    return bad == 0 ? 8 : __builtin_ctzll(bad) / 8;
}

static const char *skip_value(const char *at, const char *end)
{
    while (end - at >= 8) {
        int count = count_value(at);
        at += count;
        if (count == 8)
            continue;
        if (*at != '\t')
            return at;
        at++;
    }
    while (at < end && is_value((unsigned char)*at))
        at++;
    return at;
}

static const char *skip_token(const char *at, const char *end)
{
    while (at < end && is_tchar[(unsigned char)*at])
        at++;
    return at;
}

/* RFC 9112 3.2.1, origin-form, and what else people write into it but '#'. */
static const char *skip_target(const char *at, const char *end)
{
    while (at < end && *at > ' ' && *at < 0x7f && *at != '#')
        at++;
    return at;
}

static bool is_named(const char *name, size_t length, const char *other)
{
    return strncasecmp(name, other, length) == 0;
}

/* Does the field decide where the message ends, or whether the connection goes
 * on (RFC 9112 6 and 9)?  "Connection: keep-alive" says what holds anyway. */
static bool is_framing(const char *name, size_t length, const char *value,
                       size_t value_length)
{
    switch (length) {
    case 10:
        return is_named(name, length, "connection") &&
               !(value_length == 11 &&
                 strncasecmp(value, " keep-alive", 11) == 0);
    case 14:
        return is_named(name, length, "content-length");
    case 16:
        return is_named(name, length, "proxy-connection");
    case 17:
        return is_named(name, length, "transfer-encoding");
    default:
        return false;
    }
}

/* Behind the field line at `at`, or NULL. */
static const char *skip_field(const char *at, const char *end)
{
    const char *colon = skip_token(at, end);
    if (colon == at || colon == end || *colon != ':')
        return NULL;
    const char *value = colon + 1;
    const char *line_end = skip_value(value, end);
    if (end - line_end < 2 || memcmp(line_end, "\r\n", 2) != 0 ||
        is_framing(at, (size_t)(colon - at), value,
                   (size_t)(line_end - value)))
        return NULL;
    return line_end + 2;
}

size_t http_head_scan(const char *bytes, size_t length,
                      struct http_head *head)
{
    static const char version[] = " HTTP/1.1\r\n";
    const size_t version_length = sizeof version - 1;
    const char *end = bytes + length;
    if (length < sizeof "GET / HTTP/1.1\r\n\r\n" - 1)
        return 0;
    bool is_head = memcmp(bytes, "HEAD /", 6) == 0;
    if (!is_head && memcmp(bytes, "GET /", 5) != 0)
        return 0;
    const char *target = bytes + (is_head ? 5 : 4);
    const char *at = skip_target(target, end);
    if ((size_t)(end - at) < version_length ||
        memcmp(at, version, version_length) != 0)
        return 0;
    at += version_length;
    while (end - at >= 2 && memcmp(at, "\r\n", 2) != 0) {
        at = skip_field(at, end);
        if (at == NULL)
            return 0;
    }
    if (end - at < 2 || at - 2 - target > HTTP_HEAD_LIMIT)
        return 0;
    *head = (struct http_head){
        .bytes = target,
        .length = (size_t)(at - 2 - target),
        .in_piece = true,
        .minor = 1,
        .is_head = is_head,
        .keep_alive = true,
    };
    return (size_t)(at + 2 - bytes);
}
