// SPDX-License-Identifier: MIT
#ifndef NET_HTTP_PARSE_H
#define NET_HTTP_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * http_parse: HTTP/1.1 messages (RFC 9112), from bytes to events.
 *
 * llhttp checks the syntax; its callbacks only note where the head begins and
 * ends, and the head is handed over in one piece, as it came: from the first
 * byte of the request-target, or of the version of a response, to the last of
 * the last field line, without the CRLF after that.  It is copied only when it
 * came in several pieces.  Plain heads of requests do without llhttp, see
 * http_head.h.
 *
 * Threads: a parser belongs to one shard.  Nothing here allocates but the copy
 * of a divided head.
 */
enum {
    HTTP_HEAD_LIMIT = 64 * 1024 /* bytes of a head */
};

struct http_head {
    const char *bytes;
    size_t length;
    bool in_piece;    /* they lie in the piece; else they go with the call */
    uint16_t status;  /* of a response */
    uint8_t method;   /* llhttp's number, see http_method_name() */
    uint8_t minor;    /* HTTP/1.<minor>: 0 or 1 */
    bool is_head;     /* the method is HEAD */
    bool keep_alive;  /* RFC 9112 9.3 */
    bool has_content; /* a body follows, maybe an empty one */
    bool expects;     /* Expect: 100-continue, and a body follows */
};

struct http_parser;

/* The parser's owner; called from http_parse_run(). */
struct http_parse_ops {
    void (*head)(struct http_parser *parser, const struct http_head *head);
    void (*content)(struct http_parser *parser, const char *bytes,
                    size_t length);
    /* The message is complete.  False: stop here, run() returns -EAGAIN. */
    bool (*complete)(struct http_parser *parser);
};

struct http_parser {
    const struct http_parse_ops *ops;
    bool between;  /* the next byte begins a request */
    bool in_head;  /* the target has begun, the head has not ended */
    bool too_long; /* the head was */
    bool is_head;  /* the response is to a HEAD request: no content */
    bool interim;  /* the response is a 1xx, of which nobody is told */
    const char *mark; /* where the head continues in the current piece */
    size_t end;       /* length of the head up to its last span */
    char *divided;    /* what earlier pieces held of the head */
    size_t divided_length;
    uintptr_t engine[12]; /* llhttp_t; http_parse.c asserts the size */
    void *owner;
};

void http_parse_init(struct http_parser *parser,
                     const struct http_parse_ops *ops);
/* For responses.  A 1xx (Informational) one is left out, but 101. */
void http_parse_init_response(struct http_parser *parser,
                              const struct http_parse_ops *ops, void *owner);
/* The next response is, or is not, to a HEAD request. */
void http_parse_expect(struct http_parser *parser, bool is_head);
/* The peer has sent FIN: completes a response that ends with it. */
void http_parse_end(struct http_parser *parser);

void http_parse_fini(struct http_parser *parser);

/* Parse a piece.  *used is what was consumed of it.  Returns
 *   0         all of it
 *   -EAGAIN   complete() asked to stop; go on later with the rest
 *   -EPROTO   not HTTP/1.x
 *   -EMSGSIZE a head longer than HTTP_HEAD_LIMIT
 *   -ESHUTDOWN bytes after the last message of the connection
 * After an error but -EAGAIN the parser is only good for fini(). */
int http_parse_run(struct http_parser *parser, const char *bytes,
                   size_t length, size_t *used);

/* Has a head begun and not ended? */
static inline bool http_parse_is_in_head(const struct http_parser *parser)
{
    return parser->in_head;
}

/* "GET"; NULL past the last. */
const char *http_method_name(unsigned method);

#endif
