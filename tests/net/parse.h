// SPDX-License-Identifier: MIT
#ifndef TESTS_NET_PARSE_H
#define TESTS_NET_PARSE_H

#include "net/http_parse.h"
#include "tests/net/text.h"

#include <errno.h>
#include <stdbool.h>

/*
 * parse: what http_parse makes of some bytes, written down as text:
 *
 *     POST 1.1 keep-alive content        a line of what the parser found out,
 *     /a HTTP/1.1\r\nContent-Length: 5   then the head
 *     content 5: hello                   as one, however it was divided
 *     complete
 *     error EPROTO
 *
 * Of a response the first line is "200 1.1 keep-alive".
 */
struct division {
    size_t first;  /* length of the first piece; 0: that of the others */
    size_t each;   /* length of the others; 0: all there is */
    unsigned seed; /* not 0: pieces of random length */
    bool pauses;   /* after each message */
    bool is_response;
    bool is_head; /* the responses are to HEAD requests */
};

struct reading {
    struct http_parser parser;
    struct text *events;
    struct text content;
    bool pauses;
    bool is_response;
};

static inline struct reading *reading_of(struct http_parser *parser)
{
    return CONTAINER_OF(parser, struct reading, parser);
}

static inline void on_parse_head(struct http_parser *parser,
                                 const struct http_head *head)
{
    struct text *events = reading_of(parser)->events;
    const char *alive = head->keep_alive ? "keep-alive" : "close";
    if (reading_of(parser)->is_response)
        text_print(events, "%d 1.%d %s\n", head->status, head->minor, alive);
    else
        text_print(events, "%s 1.%d %s%s%s%s\n",
                   http_method_name(head->method), head->minor, alive,
                   head->has_content ? " content" : "",
                   head->expects ? " expects" : "",
                   head->is_head ? " is_head" : "");
    text_add(events, head->bytes, head->length);
    text_add(events, "\n", 1);
}

static inline void on_parse_content(struct http_parser *parser,
                                    const char *bytes, size_t length)
{
    text_add(&reading_of(parser)->content, bytes, length);
}

static inline void end_content(struct reading *reading)
{
    if (reading->content.length > 0) {
        text_print(reading->events, "content %zu: ", reading->content.length);
        text_add(reading->events, reading->content.bytes,
                 reading->content.length);
        text_add(reading->events, "\n", 1);
    }
    text_free(&reading->content);
}

static inline bool on_parse_complete(struct http_parser *parser)
{
    struct reading *reading = reading_of(parser);
    end_content(reading);
    text_print(reading->events, "complete\n");
    return !reading->pauses;
}

static const struct http_parse_ops parse_ops = {
    .head = on_parse_head,
    .content = on_parse_content,
    .complete = on_parse_complete,
};

/* Each piece lies in memory of just its length, and is gone after, as the
 * shard's read buffer is: AddressSanitizer sees who looks beyond or later. */
static inline int parse_piece(struct reading *reading, const char *bytes,
                              size_t length)
{
    int error = -EAGAIN;
    while (error == -EAGAIN && length > 0) {
        char *piece = xmalloc(length);
        size_t used = length + 1;
        memcpy(piece, bytes, length);
        error = http_parse_run(&reading->parser, piece, length, &used);
        memset(piece, '?', length);
        free(piece);
        CHECK_TRUE(used <= length);
        if (error == 0)
            CHECK_EQ(used, length);
        CHECK_TRUE(error != -EAGAIN || reading->pauses);
        if (used > length || (error == -EAGAIN && used == 0))
            return -EFAULT;
        bytes += used;
        length -= used;
    }
    return error == -EAGAIN ? 0 : error;
}

static inline size_t piece_length(struct division *division, size_t at,
                                  size_t left)
{
    size_t length = left;
    if (division->seed != 0) {
        unsigned most = rand_r(&division->seed) % 4 == 0 ? 100 : 8;
        length = 1 + (size_t)rand_r(&division->seed) % most;
    } else if (at == 0 && division->first > 0) {
        length = division->first;
    } else if (division->each > 0) {
        length = division->each;
    }
    return length < left ? length : left;
}

static inline void parse(struct text *events, const char *bytes, size_t length,
                         struct division division)
{
    struct reading reading = { .events = events,
                               .pauses = division.pauses,
                               .is_response = division.is_response };
    int error = 0;
    if (division.is_response) {
        http_parse_init_response(&reading.parser, &parse_ops, events);
        http_parse_expect(&reading.parser, division.is_head);
        CHECK_TRUE(reading.parser.owner == events);
    } else {
        http_parse_init(&reading.parser, &parse_ops);
    }
    for (size_t at = 0; at < length && error == 0;) {
        size_t some = piece_length(&division, at, length - at);
        error = parse_piece(&reading, bytes + at, some);
        at += some;
    }
    if (division.is_response && error == 0)
        http_parse_end(&reading.parser);
    end_content(&reading);
    if (error != 0)
        text_print(events, "error %s\n",
                   error == -EPROTO ? "EPROTO"
                   : error == -EMSGSIZE ? "EMSGSIZE"
                   : error == -ESHUTDOWN ? "ESHUTDOWN" : "?");
    http_parse_fini(&reading.parser);
}

#endif
