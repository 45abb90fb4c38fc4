// SPDX-License-Identifier: MIT
#include "net/http_conn.h"

#include "sched/check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DATE_LENGTH = 37, /* "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n" */
    FIELDS_LENGTH = DATE_LENGTH + 24, /* "Connection: keep-alive\r\n" */
    FRAMING_SIZE = 160, /* most that begin() adds to a head */
    CHUNK_SIZE = 32     /* most that framing adds to a piece of content */
};

/* Where the output of `x` goes. */
static struct chain *out_of(struct http_exchange *x)
{
    return x->conn->answering == x ? &x->conn->tcp.out : &x->out;
}

static char *put(char *out, const char *text, size_t length)
{
    memcpy(out, text, length);
    return out + length;
}

#define PUT(out, literal) put(out, literal, sizeof(literal) - 1)

static char *put_number(char *out, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return put(out, digits + at, sizeof digits - at);
}

static char *put_hexadecimal(char *out, uint64_t number)
{
    char digits[16];
    size_t at = sizeof digits;
    do {
        digits[--at] = "0123456789abcdef"[number % 16];
        number /= 16;
    } while (number > 0);
    return put(out, digits + at, sizeof digits - at);
}

/* The Date field (RFC 9110 6.6.1) is made once a second; the clock is looked at
 * once a turn. */
static const char *date_fields(struct http *http)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (http->turn == http->shard->turns)
        return http->fields;
    http->turn = http->shard->turns;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (now.tv_sec == http->second)
        return http->fields;
    struct tm tm;
    gmtime_r(&now.tv_sec, &tm);
    int length = snprintf(
        http->fields, sizeof http->fields,
        "Date: %.3s, %02d %.3s %04d %02d:%02d:%02d GMT\r\n"
        "Connection: keep-alive\r\n",
        days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
        tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
    CHECK(length == FIELDS_LENGTH);
    http->second = now.tv_sec;
    return http->fields;
}

static char *put_date_and_connection(char *out, struct http_exchange *x,
                                     unsigned flags)
{
    const char *fields = date_fields(x->conn->http);
    bool date = (flags & HTTP_HAS_DATE) == 0;
    bool connection = (flags & HTTP_HAS_CONNECTION) == 0;
    if (date && connection && !x->closes)
        return put(out, fields, FIELDS_LENGTH);
    if (date)
        out = put(out, fields, DATE_LENGTH);
    if (connection && x->closes)
        out = PUT(out, "Connection: close\r\n");
    else if (connection)
        out = PUT(out, "Connection: keep-alive\r\n");
    return out;
}

/* RFC 9112 6: how the recipient learns where the content ends.  In this order:
 *   1. the caller's own Transfer-Encoding or Content-Length;
 *   2. statuses that have no content say nothing;
 *   3. a response that is finished already has a known length;
 *   4. otherwise chunks, or to HTTP/1.0 the end of the connection. */
static char *put_framing(char *out, struct http_exchange *x,
                         const struct http_reply *reply)
{
    if (reply->flags & HTTP_HAS_ENCODING) {
        x->chunked = (reply->flags & HTTP_CHUNKED) != 0;
    } else if (reply->flags & (HTTP_HAS_LENGTH | HTTP_NO_CONTENT)) {
        /* http_respond() counts */
    } else if (reply->flags & HTTP_FINISH) {
        out = PUT(out, "Content-Length: ");
        out = put_number(out, reply->content_size);
        out = PUT(out, "\r\n");
    } else if (x->minor > 0) {
        x->chunked = true;
        out = PUT(out, "Transfer-Encoding: chunked\r\n");
    }
    return PUT(out, "\r\n");
}

/* Will the connection end with this response (RFC 9112 9.3)? */
static bool closes_after(const struct http_exchange *x,
                         const struct http_reply *reply)
{
    unsigned delimited = HTTP_HAS_ENCODING | HTTP_HAS_LENGTH |
                         HTTP_NO_CONTENT | HTTP_FINISH;
    if (!x->keep_alive || (reply->flags & HTTP_CLOSE) != 0)
        return true;
    return x->minor == 0 && (reply->flags & delimited) == 0;
}

static bool is_discarded(const struct http_exchange *x,
                         const struct http_reply *reply)
{
    return (reply->flags & HTTP_HEAD) == 0
               ? x->discard
               : (reply->flags & HTTP_NO_CONTENT) != 0 || x->is_head;
}

static char *put_head(char *out, struct http_exchange *x,
                      const struct http_reply *reply)
{
    x->begun = true;
    x->closes = closes_after(x, reply);
    x->discard = is_discarded(x, reply);
    reply->write_head(reply, out);
    out += reply->head_size;
    out = put_date_and_connection(out, x, reply->flags);
    return put_framing(out, x, reply);
}

static char *put_content(char *out, struct http_exchange *x,
                         const struct http_reply *reply)
{
    if (reply->content_size > 0) {
        if (x->chunked) {
            out = put_hexadecimal(out, reply->content_size);
            out = PUT(out, "\r\n");
        }
        reply->write_content(reply, out);
        out += reply->content_size;
        if (x->chunked)
            out = PUT(out, "\r\n");
    }
    if (x->chunked && (reply->flags & HTTP_FINISH) != 0)
        out = PUT(out, "0\r\n\r\n");
    return out;
}

void http_send_continue(struct http_exchange *x)
{
    static const char text[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct http_conn *conn = x->conn;
    x->expects = false;
    if (x->begun || conn->tcp.closing)
        return;
    chain_append(conn->http->bytes, &conn->tcp.out, text, sizeof text - 1);
    tcp_written(&conn->tcp);
}

/* `x` became the first unanswered exchange: what it waited with may leave. */
static void lead(struct http_exchange *x)
{
    struct tcp *tcp = &x->conn->tcp;
    if (x->expects)
        http_send_continue(x);
    chain_move(&tcp->out, &x->out);
    if (x->crowded && !tcp_is_crowded(tcp))
        http_conn_wake(x->conn); /* tells drained() */
}

/* The finished answers at the front have left in order. */
static void advance(struct http_conn *conn)
{
    struct http_exchange *x;
    while ((x = conn->answering) != NULL && x->finished) {
        bool closes = x->closes;
        conn->answering = http_exchange_next(x);
        http_exchange_done(x);
        if (closes)
            http_conn_end(conn);
        else if (conn->answering != NULL)
            lead(conn->answering);
    }
    http_conn_answered(conn);
}

static void finish(struct http_exchange *x)
{
    if (!x->discard && x->left != UINT64_MAX && x->left > 0)
        x->closes = true; /* less came than the Content-Length said */
    x->finished = true;
    x->conn->unanswered--;
    if (x->conn->answering == x)
        advance(x->conn);
}

/* How much content may follow, counting this reply's. */
static uint64_t content_left(const struct http_exchange *x,
                             const struct http_reply *reply)
{
    unsigned mask = HTTP_HEAD | HTTP_HAS_LENGTH | HTTP_HAS_ENCODING;
    return (reply->flags & mask) == (HTTP_HEAD | HTTP_HAS_LENGTH)
               ? reply->length
               : x->left;
}

static void write_reply(struct http_exchange *x,
                        const struct http_reply *reply)
{
    struct chain *chain = out_of(x);
    size_t size = reply->content_size + CHUNK_SIZE;
    if (reply->flags & HTTP_HEAD)
        size += reply->head_size + FRAMING_SIZE;
    char *start = chain_reserve(x->conn->http->bytes, chain, size);
    char *out = start;
    if (reply->flags & HTTP_HEAD)
        out = put_head(out, x, reply);
    if (!x->discard)
        out = put_content(out, x, reply);
    chain_commit(chain, (size_t)(out - start));
    if (x->conn->answering == x)
        tcp_written(&x->conn->tcp);
}

static bool is_crowded(struct http_exchange *x)
{
    bool crowded = x->conn->answering == x ? tcp_is_crowded(&x->conn->tcp)
                                           : x->out.length > TCP_HIGH_WATER;
    x->crowded |= crowded;
    return crowded;
}

int http_respond(struct http_exchange *x, const struct http_reply *reply)
{
    if (x->finished)
        return 0;
    uint64_t left = content_left(x, reply);
    if (!is_discarded(x, reply) && reply->content_size > left)
        return -EMSGSIZE;
    bool gone = x->conn->tcp.closing;
    if (!gone)
        write_reply(x, reply);
    if (left != UINT64_MAX)
        x->left = left - (x->discard ? 0 : reply->content_size);
    bool crowded = !gone && is_crowded(x);
    if (reply->flags & HTTP_FINISH)
        finish(x);
    return gone ? -EPIPE : crowded;
}

/* ---- Kept responses ------------------------------------------------------ */

struct kept_reply {
    struct http_reply http; /* first */
    const struct http_kept *kept;
};

static void write_kept_head(const struct http_reply *http, char *out)
{
    const struct http_kept *kept = ((const struct kept_reply *)http)->kept;
    memcpy(out, kept->text, kept->head_size);
}

static void write_kept_content(const struct http_reply *http, char *out)
{
    const struct http_kept *kept = ((const struct kept_reply *)http)->kept;
    memcpy(out, kept->text + kept->size - kept->content_size,
           kept->content_size);
}

void http_kept_set(struct http_kept *kept, const char *head, size_t head_size,
                   const char *content, size_t content_size)
{
    struct http_exchange usual = { .keep_alive = true, .minor = 1 };
    struct http_reply framing = { .flags = HTTP_HEAD | HTTP_FINISH,
                                  .content_size = content_size };
    char *text = xmalloc(head_size + FRAMING_SIZE + content_size);
    char *out = put(text, head, head_size);
    memset(out, ' ', FIELDS_LENGTH); /* see update_date() */
    out = put_framing(out + FIELDS_LENGTH, &usual, &framing);
    if (content_size > 0)
        out = put(out, content, content_size);
    free(kept->text);
    *kept = (struct http_kept){ .text = text,
                                .size = (size_t)(out - text),
                                .head_size = head_size,
                                .content_size = content_size };
}

void http_kept_fini(struct http_kept *kept)
{
    free(kept->text);
    kept->text = NULL;
}

static void update_date(struct http *http, struct http_kept *kept)
{
    if (kept->turn == http->shard->turns)
        return;
    kept->turn = http->shard->turns;
    memcpy(kept->text + kept->head_size, date_fields(http), FIELDS_LENGTH);
}

static void respond_otherwise(struct http_exchange *x,
                              const struct http_kept *kept)
{
    struct kept_reply reply = {
        .http = { .flags = HTTP_HEAD | HTTP_FINISH,
                  .head_size = kept->head_size,
                  .content_size = kept->content_size,
                  .write_head = write_kept_head,
                  .write_content = write_kept_content },
        .kept = kept,
    };
    http_respond(x, &reply.http);
}

void http_respond_kept(struct http_exchange *x, struct http_kept *kept)
{
    struct http_conn *conn = x->conn;
    if (x->finished || x->is_head || x->minor == 0 || !x->keep_alive ||
        conn->tcp.closing) {
        respond_otherwise(x, kept);
        return;
    }
    update_date(conn->http, kept);
    chain_append(conn->http->bytes, out_of(x), kept->text, kept->size);
    if (conn->answering == x)
        tcp_written(&conn->tcp);
    x->begun = true;
    finish(x);
}
