// SPDX-License-Identifier: MIT
#include "net/tcp_conn.h"

#include "sched/check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void wake(struct tcp_conn *conn)
{
    ready_push(&conn->conns->shard->ready, &conn->task);
}

/* ---- Delivering ---------------------------------------------------------- */

static void tell_opened(struct tcp_conn *conn)
{
    const struct tcp_conn_ops *ops = conn->conns->ops;
    if (conn->accepted && !conn->announced) {
        conn->announced = true;
        ops->connection(conn, conn->conns->arg);
    }
    if (conn->connected && !conn->connected_told) {
        conn->connected_told = true;
        ops->connected(conn, conn->conns->arg);
    }
}

static void tell_piece(struct tcp_conn *conn)
{
    struct piece *piece = pieces_pop(&conn->waiting);
    pieces_push(&conn->delivered, piece);
    conn->conns->ops->piece(conn, piece, conn->conns->arg);
}

/* Tell what has come, in order, as long as there is room.  False: not all. */
static bool deliver(struct tcp_conn *conn)
{
    const struct tcp_conn_ops *ops = conn->conns->ops;
    void *arg = conn->conns->arg;
    if (!ops->has_room(arg))
        return false;
    tell_opened(conn);
    if (conn->drained) {
        conn->drained = false;
        ops->drained(conn, arg);
    }
    if (conn->paused)
        return true;
    if (conn->resumed) {
        conn->resumed = false;
        ops->resumed(conn, arg);
    }
    while (conn->waiting.first != NULL) {
        if (!ops->has_room(arg))
            return false;
        tell_piece(conn);
    }
    if (conn->eof && !conn->eof_told) {
        if (!ops->has_room(arg))
            return false;
        conn->eof_told = true;
        ops->eof(conn, arg);
    }
    return true;
}

static void parser_free(struct tcp_conn *conn)
{
    if (conn->parser == NULL)
        return;
    http_parse_fini(conn->parser);
    free(conn->parser);
    conn->parser = NULL;
}

void tcp_conn_free(struct tcp_conn *conn)
{
    struct tcp_conns *conns = conn->conns;
    pieces_clear(&conn->waiting);
    pieces_clear(&conn->delivered);
    parser_free(conn);
    dns_lookup_fini(&conn->lookup);
    ready_remove(&conns->shard->ready, &conn->task);
    slab_give(&conns->slab, conn);
}

/* Has the program all of it?  What was aborted or broke off is not waited for. */
static bool is_taken(const struct tcp_conn *conn)
{
    return conn->error != 0 || conn->aborted ||
           (conn->waiting.first == NULL && conn->delivered.first == NULL);
}

static void run(struct tcp_conn *conn)
{
    struct tcp_conns *conns = conn->conns;
    if (conn->closed_told)
        return;
    bool all = deliver(conn);
    if (conn->closed && all && is_taken(conn)) {
        if (!conns->ops->has_room(conns->arg)) {
            wake(conn);
            return;
        }
        conn->closed_told = true;
        conns->ops->closed(conn, conn->error, conns->arg);
    } else if (!all) {
        wake(conn);
    }
}

static void on_task(struct task *task, struct shard *here)
{
    (void)here;
    struct tcp_conn *conn = CONTAINER_OF(task, struct tcp_conn, task);
    if (conn->opened && !conn->paused)
        tcp_read_start(&conn->tcp);
    run(conn);
}

/* It ends without a socket. */
static void end(struct tcp_conn *conn, int error)
{
    shard_release(conn->conns->shard);
    conn->closed = true;
    conn->error = error;
    wake(conn);
}

/* ---- What the socket tells ----------------------------------------------- */

static struct tcp_conn *conn_of(struct tcp *tcp)
{
    return CONTAINER_OF(tcp, struct tcp_conn, tcp);
}

static void parse(struct tcp_conn *conn, const char *bytes, size_t length)
{
    size_t used;
    int error = http_parse_run(conn->parser, bytes, length, &used);
    /* -ESHUTDOWN: what follows the last response is ignored. */
    if (error < 0 && error != -ESHUTDOWN)
        tcp_close(&conn->tcp, error);
}

static void on_connected(struct tcp *tcp)
{
    struct tcp_conn *conn = conn_of(tcp);
    conn->connected = true;
    if (!conn->paused)
        tcp_read_start(tcp);
    run(conn);
}

static void on_data(struct tcp *tcp, const char *bytes, size_t length)
{
    struct tcp_conn *conn = conn_of(tcp);
    tcp_touch(tcp);
    if (conn->parser != NULL)
        parse(conn, bytes, length);
    else
        pieces_push(&conn->waiting, piece_new(PIECE_DATA, bytes, length));
    run(conn);
}

static void on_eof(struct tcp *tcp)
{
    struct tcp_conn *conn = conn_of(tcp);
    conn->eof = true;
    if (conn->parser != NULL)
        http_parse_end(conn->parser);
    run(conn);
}

static void on_drained(struct tcp *tcp)
{
    struct tcp_conn *conn = conn_of(tcp);
    conn->drained = true;
    wake(conn);
}

static void on_timeout(struct tcp *tcp)
{
    struct tcp_conn *conn = conn_of(tcp);
    struct tcp_conns *conns = conn->conns;
    if (!conns->ops->has_room(conns->arg)) {
        tcp_set_timeout(tcp, conn->timeout); /* the next time */
        return;
    }
    conns->ops->timeout(conn, conns->arg);
    tcp_close(tcp, 0);
}

static bool open_another(struct tcp_conn *conn);

static void on_closed(struct tcp *tcp, int error)
{
    struct tcp_conn *conn = conn_of(tcp);
    if (error < 0 && open_another(conn))
        return;
    tcp_conn_set_idle(conn, false); /* the tcp lets go of its hold after this */
    conn->closed = true;
    conn->error = error;
    wake(conn);
}

static const struct tcp_ops tcp_ops = {
    .connected = on_connected,
    .data = on_data,
    .eof = on_eof,
    .drained = on_drained,
    .timeout = on_timeout,
    .closed = on_closed,
};

/* ---- Responses ----------------------------------------------------------- */

static struct tcp_conn *conn_of_parser(struct http_parser *parser)
{
    return parser->owner;
}

static void on_head(struct http_parser *parser, const struct http_head *head)
{
    struct tcp_conn *conn = conn_of_parser(parser);
    conn->head.status = head->status;
    conn->head.minor = head->minor;
    conn->head.keep_alive = head->keep_alive;
    conn->decoder.length = 0;
    pieces_push(&conn->waiting,
                piece_new(PIECE_HEAD, head->bytes, head->length));
}

static void on_content(struct http_parser *parser, const char *bytes,
                       size_t length)
{
    struct tcp_conn *conn = conn_of_parser(parser);
    if (length > 0)
        pieces_push(&conn->waiting, piece_new(PIECE_CONTENT, bytes, length));
}

static bool on_complete(struct http_parser *parser)
{
    struct tcp_conn *conn = conn_of_parser(parser);
    pieces_push(&conn->waiting, piece_new(PIECE_COMPLETE, NULL, 0));
    return true;
}

static const struct http_parse_ops parse_ops = {
    .head = on_head,
    .content = on_content,
    .complete = on_complete,
};

void tcp_conn_expect(struct tcp_conn *conn, bool is_head)
{
    if (conn->parser == NULL) {
        conn->parser = xmalloc(sizeof *conn->parser);
        http_parse_init_response(conn->parser, &parse_ops, conn);
    }
    http_parse_expect(conn->parser, is_head);
}

/* ---- Opening ------------------------------------------------------------- */

static struct tcp_conn *conn_new(struct tcp_conns *conns)
{
    struct tcp_conn *conn = slab_take(&conns->slab, sizeof *conn);
    conn->conns = conns;
    conn->task.run = on_task;
    conn->timeout = TCP_IDLE;
    return conn;
}

static void settings_apply(struct tcp_conn *conn)
{
    conn->opened = true;
    if (conn->no_delay)
        tcp_set_no_delay(&conn->tcp, true);
    if (conn->shut_wanted)
        tcp_shutdown(&conn->tcp);
    tcp_set_timeout(&conn->tcp, conn->timeout);
    if (conn->paused)
        tcp_suspend_timeout(&conn->tcp);
}

static int open_socket(struct tcp_conn *conn, const struct addr *addr)
{
    struct tcp_conns *conns = conn->conns;
    int error = tcp_connect(&conn->tcp, &tcp_ops, conns->shard, conns->bytes,
                            TCP_PIECE, addr);
    if (error < 0)
        return error;
    shard_release(conns->shard); /* the tcp holds it from here on */
    settings_apply(conn);
    return 0;
}

/* The next of the addresses that were found, and so on. */
static void open_next(struct tcp_conn *conn)
{
    const struct dns_lookup *lookup = &conn->lookup;
    int error;
    do {
        error = open_socket(conn, &lookup->addrs[conn->tried++]);
    } while (error < 0 && conn->tried < lookup->count);
    if (error < 0)
        end(conn, error);
}

/* Nobody is at the last one. */
static bool open_another(struct tcp_conn *conn)
{
    if (conn->connected || conn->aborted || conn->tried == conn->lookup.count)
        return false;
    shard_hold(conn->conns->shard);
    open_next(conn);
    return true;
}

static void on_lookup(struct dns_lookup *lookup)
{
    struct tcp_conn *conn = CONTAINER_OF(lookup, struct tcp_conn, lookup);
    conn->looking = false;
    if (lookup->error < 0)
        end(conn, lookup->error);
    else
        open_next(conn);
}

struct tcp_conn *tcp_conn_connect(struct tcp_conns *conns, const char *host,
                                  uint16_t port)
{
    struct tcp_conn *conn = conn_new(conns);
    struct addr addr;
    shard_hold(conns->shard);
    if (addr_parse(&addr, host, port) == 0) {
        int error = open_socket(conn, &addr);
        if (error < 0)
            end(conn, error);
        return conn;
    }
    conn->looking = true;
    conn->lookup.name = host;
    conn->lookup.port = port;
    conn->lookup.done = on_lookup;
    dns_lookup(conns->dns, &conn->lookup);
    return conn;
}

/* ---- The floor above ----------------------------------------------------- */

struct chain *tcp_conn_out(struct tcp_conn *conn)
{
    if (!conn->opened || conn->closed || conn->tcp.closing)
        return NULL;
    return &conn->tcp.out;
}

bool tcp_conn_written(struct tcp_conn *conn)
{
    tcp_written(&conn->tcp);
    return tcp_is_crowded(&conn->tcp);
}

size_t tcp_conn_pending(const struct tcp_conn *conn)
{
    return conn->opened && !conn->closed ? tcp_pending(&conn->tcp) : 0;
}

struct piece *tcp_conn_first(struct tcp_conn *conn)
{
    return conn->delivered.first;
}

bool tcp_conn_is_last(const struct tcp_conn *conn)
{
    const struct piece *next = conn->delivered.first->next;
    if (next == NULL)
        next = conn->waiting.first;
    return next == NULL ? conn->eof : next->kind == PIECE_COMPLETE;
}

void tcp_conn_drop(struct tcp_conn *conn)
{
    free(pieces_pop(&conn->delivered));
    if (conn->closed)
        wake(conn);
}

void tcp_conn_shutdown(struct tcp_conn *conn)
{
    conn->shut_wanted = true;
    if (conn->opened)
        tcp_shutdown(&conn->tcp);
}

void tcp_conn_abort(struct tcp_conn *conn)
{
    conn->aborted = true;
    if (conn->opened) {
        tcp_close(&conn->tcp, 0);
    } else if (conn->looking) {
        conn->looking = false;
        dns_lookup_cancel(&conn->lookup);
        end(conn, 0);
    }
}

void tcp_conn_pause(struct tcp_conn *conn)
{
    if (conn->paused || conn->closed)
        return;
    conn->paused = true;
    if (conn->opened) {
        tcp_read_stop(&conn->tcp);
        tcp_suspend_timeout(&conn->tcp);
    }
}

void tcp_conn_resume(struct tcp_conn *conn)
{
    if (!conn->paused)
        return;
    conn->paused = false;
    conn->resumed = true;
    if (conn->opened && !conn->closed)
        tcp_set_timeout(&conn->tcp, conn->timeout);
    wake(conn);
}

void tcp_conn_set_timeout(struct tcp_conn *conn, uint64_t milliseconds)
{
    conn->timeout = milliseconds;
    if (conn->opened && !conn->closed && !conn->paused)
        tcp_set_timeout(&conn->tcp, milliseconds);
}

void tcp_conn_set_idle(struct tcp_conn *conn, bool idle)
{
    if (conn->idle == idle || conn->closed)
        return;
    conn->idle = idle;
    if (idle)
        shard_release(conn->conns->shard);
    else
        shard_hold(conn->conns->shard);
}

void tcp_conn_set_no_delay(struct tcp_conn *conn, bool on)
{
    conn->no_delay = on;
    if (conn->opened && !conn->closed && !conn->tcp.closing)
        tcp_set_no_delay(&conn->tcp, on);
}

/* ---- Servers ------------------------------------------------------------- */

static void on_accept(struct listener *listener, int fd,
                      const struct addr *peer)
{
    struct tcp_server *server =
        CONTAINER_OF(listener, struct tcp_server, listener);
    struct tcp_conns *conns = server->conns;
    struct tcp_conn *conn = conn_new(conns);
    if (tcp_adopt(&conn->tcp, &tcp_ops, conns->shard, conns->bytes, TCP_PIECE,
                  fd) < 0) {
        close(fd);
        slab_give(&conns->slab, conn);
        return;
    }
    conn->server_id = server->id;
    conn->peer = *peer;
    conn->accepted = true;
    conn->connected = true;
    settings_apply(conn);
    wake(conn);
}

static void on_listener_closed(struct listener *listener)
{
    struct tcp_server *server =
        CONTAINER_OF(listener, struct tcp_server, listener);
    ready_push(&server->conns->shard->ready, &server->closed);
}

static void on_server_closed(struct task *task, struct shard *here)
{
    struct tcp_server *server = CONTAINER_OF(task, struct tcp_server, closed);
    struct tcp_conns *conns = server->conns;
    if (conns->ops->has_room(conns->arg))
        conns->ops->server_closed(server, conns->arg);
    else
        ready_push(&here->ready, task);
}

static const struct listener_ops listener_ops = {
    .accept = on_accept,
    .closed = on_listener_closed,
};

int tcp_server_listen(struct tcp_server *server, struct tcp_conns *conns,
                      uint32_t id, const char *host, uint16_t port,
                      int backlog)
{
    server->conns = conns;
    server->id = id;
    server->closed = (struct task){ .run = on_server_closed };
    return listener_open(&server->listener, &listener_ops, conns->shard, host,
                         port, backlog);
}

void tcp_server_close(struct tcp_server *server)
{
    listener_close(&server->listener);
}

/* ---- All of a shard ------------------------------------------------------ */

void tcp_conns_init(struct tcp_conns *conns, struct shard *shard,
                    struct bytes *bytes, struct dns *dns,
                    const struct tcp_conn_ops *ops, void *arg)
{
    *conns = (struct tcp_conns){ .shard = shard,
                                 .bytes = bytes,
                                 .dns = dns,
                                 .ops = ops,
                                 .arg = arg };
    slab_init(&conns->slab, sizeof(struct tcp_conn));
}

static void close_conn(void *item, void *arg)
{
    (void)arg;
    tcp_conn_abort(item);
}

void tcp_conns_close(struct tcp_conns *conns)
{
    slab_each(&conns->slab, close_conn, NULL);
}

static void free_conn(void *item, void *arg)
{
    (void)arg;
    tcp_conn_free(item);
}

void tcp_conns_fini(struct tcp_conns *conns)
{
    slab_each(&conns->slab, free_conn, NULL);
    slab_fini(&conns->slab);
}
