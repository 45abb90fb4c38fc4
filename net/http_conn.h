// SPDX-License-Identifier: MIT
#ifndef NET_HTTP_CONN_H
#define NET_HTTP_CONN_H

#include "net/addr.h"
#include "net/bytes.h"
#include "net/decoder.h"
#include "net/http_parse.h"
#include "net/listener.h"
#include "net/slab.h"
#include "net/tcp.h"
#include "sched/shard.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/*
 * http_conn: the server side of HTTP/1.1 (RFC 9112).
 *
 * A request becomes an exchange, which lives until its response is finished and
 * all of the request was delivered, or until the connection closes.  Requests
 * of one connection are delivered as they come, without waiting for earlier
 * answers; the answers leave in the order of the requests (9.3.2): what is
 * written to an exchange that is not the first unanswered one waits on it.
 *
 * A connection that can be read is a task of the turn: its bytes are parsed into
 * exchanges, and what came is delivered through struct http_ops, which only
 * notes it for the program.
 *
 * Threads: all of it on the shard's own.
 */
enum {
    HTTP_UNANSWERED = 64,      /* requests of a connection; then reading stops */
    HTTP_EVENTS = 256,         /* of a connection in a turn, about */
    HTTP_IDLE = 60 * 1000      /* ms, the default idle timeout */
};

struct http_conn;
struct http_exchange;
struct http_server;

/* What the floor above is told.  In a turn; it must not close or free inside
 * these calls, only note what it is told. */
struct http_ops {
    /* Is there room for the events of one more message? */
    bool (*has_room)(void *arg);
    void (*connection)(struct http_conn *conn, void *arg);
    /* A head has come (see http_parse.h); `complete` when nothing follows it.
     * exchange->head is good during the call. */
    void (*request)(struct http_exchange *exchange, bool complete, void *arg);
    /* A piece of content has come: http_content_take() it later. */
    void (*content)(struct http_exchange *exchange, void *arg);
    void (*complete)(struct http_exchange *exchange, void *arg);
    /* http_respond() had said that more than TCP_HIGH_WATER wait; now none. */
    void (*drained)(struct http_exchange *exchange, void *arg);
    /* After http_resume(), before anything that came meanwhile. */
    void (*resumed)(struct http_conn *conn, void *arg);
    void (*eof)(struct http_conn *conn, void *arg);
    void (*timeout)(struct http_conn *conn, void *arg);
    /* That was all of this connection for now. */
    void (*delivered)(void *arg);
    /* The connection's name finds nothing any more. */
    void (*closed)(struct http_conn *conn, bool had_error, void *arg);
    /* After all its connections were told of; the memory is the caller's. */
    void (*server_closed)(struct http_server *server, void *arg);
};

/* What the HTTP servers of one shard share. */
struct http {
    struct shard *shard;
    struct bytes *bytes;
    const struct http_ops *ops;
    void *arg;
    struct slab conns;
    struct slab exchanges;
    uint64_t turn; /* in which `second` was looked at last */
    time_t second; /* of `fields` */
    char fields[80]; /* "Date: ...\r\nConnection: keep-alive\r\n" */
};

struct http_server {
    struct listener listener;
    struct http *http;
    struct task closed; /* tells server_closed() */
    uint32_t id; /* the floor above's */
};

/* The content of a request that has some. */
struct http_inflow {
    struct pieces waiting;   /* not delivered yet */
    struct pieces delivered; /* not taken yet */
    struct decoder decoder; /* the taker's */
};

/* In two cache lines: a turn under load goes through hundreds. */
struct http_exchange {
    struct slab_item name;
    struct http_conn *conn;
    struct list_node link; /* in conn->exchanges, in order */
    struct http_inflow *inflow; /* NULL: no content has come */
    uint64_t left; /* of the response's Content-Length; UINT64_MAX: none given */
    struct chain out; /* while earlier ones are unanswered */
    const char *head; /* until it is delivered */
    uint32_t head_length;
    /* The request. */
    uint8_t method;
    uint8_t minor;
    bool owns_head : 1;  /* else it lies in the piece that was read */
    bool is_head : 1;    /* the method is HEAD */
    bool keep_alive : 1;
    bool expects : 1;   /* a 100 (Continue) is owed */
    bool announced : 1; /* request() was called */
    bool received : 1;  /* all of it has come */
    bool completed : 1; /* and was delivered */
    /* The response. */
    bool begun : 1;    /* its head is written */
    bool finished : 1;
    bool chunked : 1;
    bool discard : 1; /* no content is sent: HEAD, 1xx, 204, 304 */
    bool closes : 1;  /* the connection after it */
    bool crowded : 1; /* drained() is owed */
};

/* What every request touches lies together: seven cache lines, with those of
 * the tcp and the parser. */
struct http_conn {
    struct slab_item name;
    struct http *http;
    struct list exchanges;
    struct http_exchange *receiving; /* its request is being parsed */
    struct http_exchange *answering; /* the first unfinished one */
    struct http_exchange *delivering; /* the first not completely delivered */
    unsigned unanswered;
    bool announced;
    bool full; /* too many are unanswered: reading has stopped */
    bool paused;
    bool resumed; /* resumed() is owed */
    bool last;   /* no further request is parsed */
    bool eof;
    bool eof_delivered;
    bool timed_out; /* timeout() is owed */
    bool closed; /* the tcp is */
    int error;
    uint32_t server_id;
    char *rest; /* bytes not parsed yet: too many requests */
    struct tcp tcp;
    struct http_parser parser;
    struct task task; /* delivers */
    size_t rest_length;
    struct addr peer;
};

void http_init(struct http *http, struct shard *shard, struct bytes *bytes,
               const struct http_ops *ops, void *arg);
/* At the end: close every connection; when their closing has gone through the
 * loop, fini frees what is left.  Servers are the caller's by then. */
void http_close_all(struct http *http);
void http_fini(struct http *http);

/* Listen; see listener_open().  The memory is kept until server_closed(). */
int http_listen(struct http_server *server, struct http *http, uint32_t id,
                const char *host, uint16_t port, int backlog);
/* No new connections; those that live go on. */
void http_server_close(struct http_server *server);

static inline struct http_conn *http_conn_find(struct http *http,
                                               uint32_t place,
                                               uint32_t generation)
{
    return slab_find(&http->conns, place, generation);
}

static inline struct http_exchange *http_exchange_find(struct http *http,
                                                       uint32_t place,
                                                       uint32_t generation)
{
    return slab_find(&http->exchanges, place, generation);
}

/* The first delivered piece, or NULL; drop it when done with it.  Dropping the
 * last piece may free the exchange. */
struct piece *http_content_first(struct http_exchange *exchange);
/* Is it the last piece of all? */
bool http_content_is_last(const struct http_exchange *exchange);
void http_content_drop(struct http_exchange *exchange);

/* ---- Answering ----------------------------------------------------------- */

enum http_reply_flags {
    HTTP_FINISH = 1,           /* the response ends with this */
    HTTP_HAS_CONNECTION = 2,   /* the caller's head has a Connection field, */
    HTTP_CLOSE = 4,            /* ... which says close */
    HTTP_HAS_ENCODING = 8,     /* ... a Transfer-Encoding field, */
    HTTP_CHUNKED = 16,         /* ... which says chunked */
    HTTP_HAS_LENGTH = 32,      /* ... a Content-Length field: `length` */
    HTTP_HAS_DATE = 64,        /* ... a Date field */
    HTTP_NO_CONTENT = 128,     /* the status allows none */
    HTTP_HEAD = 256            /* `head` begins the response */
};

/* A part of a response: a head, content, or both, written by the caller into
 * the connection's output. */
struct http_reply {
    unsigned flags;
    uint64_t length;    /* with HTTP_HAS_LENGTH */
    size_t head_size;   /* status line and field lines, each with its CRLF */
    size_t content_size;
    void (*write_head)(const struct http_reply *reply, char *out);
    void (*write_content)(const struct http_reply *reply, char *out);
};

/* Send it at the end of the turn.  Adds Date, Connection and the framing behind
 * the caller's fields, in this order.  Returns 1 when more than TCP_HIGH_WATER
 * wait, so that drained() will follow, 0 when not, -EMSGSIZE, nothing being
 * sent, when it is more content than the Content-Length said.  With HTTP_FINISH
 * the exchange may be freed. */
int http_respond(struct http_exchange *exchange,
                 const struct http_reply *reply);

/* A whole response that is sent again and again, as it leaves on a connection
 * that is kept alive. */
struct http_kept {
    char *text;
    size_t size;
    size_t head_size;    /* the caller's head is at its front, */
    size_t content_size; /* the content at its end */
    uint64_t turn;       /* in which it got its Date */
};

/* Make it, of copies, or make it anew.  The head is one without flags of enum
 * http_reply_flags.  A zeroed one is good for fini. */
void http_kept_set(struct http_kept *kept, const char *head, size_t head_size,
                   const char *content, size_t content_size);
void http_kept_fini(struct http_kept *kept);

/* Like http_respond() with HTTP_HEAD and HTTP_FINISH. */
void http_respond_kept(struct http_exchange *exchange,
                       struct http_kept *kept);

/* ---- Between http_conn.c and http_reply.c -------------------------------- */

struct http_exchange *http_exchange_next(const struct http_exchange *exchange);
/* Free it if nothing is left to be done with it. */
void http_exchange_done(struct http_exchange *exchange);
void http_send_continue(struct http_exchange *exchange);
/* Run the connection's task in this turn or the next. */
void http_conn_wake(struct http_conn *conn);
/* A response was finished. */
void http_conn_answered(struct http_conn *conn);
/* The response just finished is the last one: drop the requests behind it. */
void http_conn_end(struct http_conn *conn);

/* ---- The connection ------------------------------------------------------ */

/* Deliver nothing of it and read nothing; its clock stands still. */
void http_pause(struct http_conn *conn);
void http_resume(struct http_conn *conn);
/* Take no further request; after the answers, FIN. */
void http_conn_close(struct http_conn *conn);

#endif
