// SPDX-License-Identifier: MIT
#ifndef NET_TCP_CONN_H
#define NET_TCP_CONN_H

#include "net/addr.h"
#include "net/bytes.h"
#include "net/decoder.h"
#include "net/dns.h"
#include "net/http_parse.h"
#include "net/listener.h"
#include "net/slab.h"
#include "net/tcp.h"
#include "sched/shard.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * tcp_conn: a program's TCP connections, accepted and made.
 *
 * What comes is kept in pieces until the program takes it, and told in order,
 * in the turn, through struct tcp_conn_ops.  A piece is what one read brought;
 * or, once tcp_conn_expect() said that an HTTP response comes, what the parser
 * found in it.
 *
 * A connection is named by its slab_item before it has a socket: from
 * tcp_conn_connect() on, while the name of the host is looked up.
 *
 * Threads: all of it on the shard's own.
 */
enum {
    TCP_PIECE = 8192,         /* most bytes told at once */
    TCP_IDLE = 60 * 1000      /* ms, the default idle timeout */
};

enum piece_kind {
    PIECE_DATA,
    PIECE_HEAD,    /* of a response: from the version to the last field */
    PIECE_CONTENT, /* of a response */
    PIECE_COMPLETE /* the response is; empty */
};

struct tcp_conn;
struct tcp_server;

/* What the floor above is told, in a turn; it only notes it. */
struct tcp_conn_ops {
    bool (*has_room)(void *arg);
    /* Accepted; or connected. */
    void (*connection)(struct tcp_conn *conn, void *arg);
    void (*connected)(struct tcp_conn *conn, void *arg);
    /* A piece has come: tcp_conn_take() it later. */
    void (*piece)(struct tcp_conn *conn, const struct piece *piece, void *arg);
    void (*drained)(struct tcp_conn *conn, void *arg);
    /* After tcp_conn_resume(), before anything that came meanwhile. */
    void (*resumed)(struct tcp_conn *conn, void *arg);
    void (*eof)(struct tcp_conn *conn, void *arg);
    void (*timeout)(struct tcp_conn *conn, void *arg);
    /* The end.  `error`: 0 or a negative errno.  The name is kept until
     * tcp_conn_free(): the program may make connections before it hears of
     * this, and they must not have the same. */
    void (*closed)(struct tcp_conn *conn, int error, void *arg);
    /* After all its connections were told of; the memory is the caller's. */
    void (*server_closed)(struct tcp_server *server, void *arg);
};

/* What the connections of one shard share. */
struct tcp_conns {
    struct shard *shard;
    struct bytes *bytes;
    struct dns *dns;
    const struct tcp_conn_ops *ops;
    void *arg;
    struct slab slab;
};

struct tcp_server {
    struct listener listener;
    struct tcp_conns *conns;
    struct task closed; /* tells server_closed() */
    uint32_t id;        /* the floor above's */
};

struct tcp_conn {
    struct slab_item name;
    struct tcp_conns *conns;
    uint32_t server_id; /* of an accepted one */
    struct addr peer;
    struct tcp tcp;
    struct task task; /* delivers */
    struct pieces waiting;   /* not delivered yet */
    struct pieces delivered; /* not taken yet */
    struct decoder decoder;  /* the taker's */
    struct dns_lookup lookup;
    size_t tried; /* of the addresses it found */
    struct http_parser *parser; /* once a response is expected */
    struct {
        uint16_t status;
        uint8_t minor;
        bool keep_alive;
    } head; /* of the response */
    bool accepted;
    bool looking;   /* the lookup goes on */
    bool opened;    /* the tcp is there */
    bool announced;
    bool connected;
    bool connected_told;
    bool drained;
    bool paused;
    bool resumed; /* resumed() is owed */
    bool shut_wanted; /* before there is a socket */
    bool no_delay;
    bool eof;
    bool eof_told;
    bool aborted;
    bool idle;
    bool closed;
    bool closed_told;
    int error;
    uint64_t timeout; /* ms */
};

void tcp_conns_init(struct tcp_conns *conns, struct shard *shard,
                    struct bytes *bytes, struct dns *dns,
                    const struct tcp_conn_ops *ops, void *arg);
/* At the end: close all; when their closing has gone through the loop, fini
 * frees what is left. */
void tcp_conns_close(struct tcp_conns *conns);
void tcp_conns_fini(struct tcp_conns *conns);

static inline struct tcp_conn *tcp_conn_find(struct tcp_conns *conns,
                                             uint32_t place,
                                             uint32_t generation)
{
    return slab_find(&conns->slab, place, generation);
}

/* Connect to a host, by name or literal; the addresses of a name are tried one
 * after another.  Cannot fail: what goes wrong comes as closed(), in a later
 * turn. */
struct tcp_conn *tcp_conn_connect(struct tcp_conns *conns, const char *host,
                                  uint16_t port);

/* After closed(). */
void tcp_conn_free(struct tcp_conn *conn);

/* Where output goes; NULL when nothing can be sent any more.  Fill it, then
 * tcp_conn_written(), which says whether more than TCP_HIGH_WATER wait. */
struct chain *tcp_conn_out(struct tcp_conn *conn);
bool tcp_conn_written(struct tcp_conn *conn);
size_t tcp_conn_pending(const struct tcp_conn *conn);

/* The first delivered piece, or NULL; drop it when done with it. */
struct piece *tcp_conn_first(struct tcp_conn *conn);
/* Is it the last one of all, or of a response's content? */
bool tcp_conn_is_last(const struct tcp_conn *conn);
void tcp_conn_drop(struct tcp_conn *conn);

void tcp_conn_shutdown(struct tcp_conn *conn); /* FIN after the output */
void tcp_conn_abort(struct tcp_conn *conn);    /* close, dropping all */
void tcp_conn_pause(struct tcp_conn *conn);
void tcp_conn_resume(struct tcp_conn *conn);
void tcp_conn_set_timeout(struct tcp_conn *conn, uint64_t milliseconds);
void tcp_conn_set_no_delay(struct tcp_conn *conn, bool on);

/* An idle connection does not hold the shard. */
void tcp_conn_set_idle(struct tcp_conn *conn, bool idle);

/* The next that comes is an HTTP response; `is_head`: to a HEAD request. */
void tcp_conn_expect(struct tcp_conn *conn, bool is_head);

/* Servers, as for HTTP: http_conn.h. */
int tcp_server_listen(struct tcp_server *server, struct tcp_conns *conns,
                      uint32_t id, const char *host, uint16_t port,
                      int backlog);
void tcp_server_close(struct tcp_server *server);

#endif
