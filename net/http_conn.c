// SPDX-License-Identifier: MIT
#include "net/http_conn.h"

#include "sched/check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void on_task(struct task *task, struct shard *here);

void http_conn_wake(struct http_conn *conn)
{
    ready_push(&conn->http->shard->ready, &conn->task);
}

/* ---- Heads --------------------------------------------------------------- */

/* Most heads are delivered while the piece they came in is still there. */
static void head_own(struct http_exchange *x)
{
    char *copy = xmalloc(x->head_length);
    x->head = memcpy(copy, x->head, x->head_length);
    x->owns_head = true;
}

static void head_release(struct http_exchange *x)
{
    if (x->owns_head)
        free((char *)(uintptr_t)x->head);
    x->owns_head = false;
    x->head = NULL;
}

/* ---- Content ------------------------------------------------------------- */

static void inflow_free(struct http_inflow *inflow)
{
    if (inflow == NULL)
        return;
    pieces_clear(&inflow->waiting);
    pieces_clear(&inflow->delivered);
    free(inflow);
}

static bool has_content(const struct http_exchange *x)
{
    return x->inflow != NULL && x->inflow->waiting.first != NULL;
}

struct piece *http_content_first(struct http_exchange *x)
{
    return x->inflow == NULL ? NULL : x->inflow->delivered.first;
}

bool http_content_is_last(const struct http_exchange *x)
{
    return x->received && !has_content(x) &&
           x->inflow->delivered.first == x->inflow->delivered.last;
}

void http_content_drop(struct http_exchange *x)
{
    free(pieces_pop(&x->inflow->delivered));
    http_exchange_done(x);
}

/* ---- Exchanges ----------------------------------------------------------- */

static struct http_exchange *exchange_of(struct list_node *node)
{
    return node == NULL ? NULL
                        : CONTAINER_OF(node, struct http_exchange, link);
}

struct http_exchange *http_exchange_next(const struct http_exchange *x)
{
    return exchange_of(list_next(&x->conn->exchanges, &x->link));
}

static struct http_exchange *exchange_new(struct http_conn *conn)
{
    struct http_exchange *x =
        slab_take(&conn->http->exchanges, sizeof *x);
    x->conn = conn;
    x->left = UINT64_MAX;
    list_push(&conn->exchanges, &x->link);
    conn->unanswered++;
    if (conn->answering == NULL)
        conn->answering = x;
    if (conn->delivering == NULL)
        conn->delivering = x;
    return x;
}

static void exchange_free(struct http_exchange *x)
{
    struct http_conn *conn = x->conn;
    if (conn->answering == x)
        conn->answering = http_exchange_next(x);
    if (conn->delivering == x)
        conn->delivering = http_exchange_next(x);
    if (conn->receiving == x)
        conn->receiving = NULL;
    if (!x->finished)
        conn->unanswered--;
    head_release(x);
    inflow_free(x->inflow);
    chain_clear(conn->http->bytes, &x->out);
    list_remove(&x->link);
    slab_give(&conn->http->exchanges, x);
}

void http_exchange_done(struct http_exchange *x)
{
    if (x->finished && x->completed && x->out.length == 0 &&
        http_content_first(x) == NULL)
        exchange_free(x);
}

/* ---- From bytes to exchanges --------------------------------- */

static struct http_conn *conn_of_parser(struct http_parser *parser)
{
    return CONTAINER_OF(parser, struct http_conn, parser);
}

static void on_head(struct http_parser *parser, const struct http_head *head)
{
    struct http_conn *conn = conn_of_parser(parser);
    struct http_exchange *x = exchange_new(conn);
    conn->receiving = x;
    x->head = head->bytes;
    x->head_length = (uint32_t)head->length;
    if (!head->in_piece)
        head_own(x);
    x->method = head->method;
    x->minor = head->minor;
    x->is_head = head->is_head;
    x->keep_alive = head->keep_alive;
    x->expects = head->expects;
    if (x->expects && conn->answering == x)
        http_send_continue(x);
}

static void on_content(struct http_parser *parser, const char *bytes,
                       size_t length)
{
    struct http_conn *conn = conn_of_parser(parser);
    if (length == 0)
        return;
    struct http_exchange *x = conn->receiving;
    if (x->inflow == NULL)
        x->inflow = xcalloc(1, sizeof *x->inflow);
    pieces_push(&x->inflow->waiting, piece_new(0, bytes, length));
}

static bool on_complete(struct http_parser *parser)
{
    struct http_conn *conn = conn_of_parser(parser);
    conn->receiving->received = true;
    if (!conn->receiving->keep_alive)
        conn->last = true;
    conn->receiving = NULL;
    return conn->unanswered < HTTP_UNANSWERED && !conn->last;
}

static const struct http_parse_ops parse_ops = {
    .head = on_head,
    .content = on_content,
    .complete = on_complete,
};

static void keep_rest(struct http_conn *conn, const char *bytes, size_t length)
{
    if (length == 0)
        return;
    conn->rest = memcpy(xmalloc(length), bytes, length);
    conn->rest_length = length;
}

/* The peer does not speak HTTP, or no longer: nothing it sends from here on is
 * looked at.  Requests that came before are still answered, the one that is cut
 * is not. */
static void refuse(struct http_conn *conn)
{
    struct http_exchange *cut = conn->receiving;
    unsigned lost = cut != NULL && !cut->finished;
    conn->last = true;
    if (conn->unanswered == lost && tcp_pending(&conn->tcp) == 0)
        tcp_close(&conn->tcp, 0);
    else if (cut != NULL)
        exchange_free(cut);
    http_conn_answered(conn);
}

static void parse(struct http_conn *conn, const char *bytes, size_t length)
{
    size_t used;
    int error = http_parse_run(&conn->parser, bytes, length, &used);
    if (error == -EAGAIN && conn->last)
        return; /* what follows is read to be discarded */
    if (error == -EAGAIN) {
        tcp_read_stop(&conn->tcp);
        keep_rest(conn, bytes + used, length - used);
        conn->full = true;
        return;
    }
    if (error == -ESHUTDOWN)
        conn->last = true;
    else if (error < 0)
        refuse(conn);
}

static bool may_go_on(const struct http_conn *conn)
{
    return !conn->paused && !conn->closed &&
           (!conn->full || conn->last ||
            conn->unanswered <= HTTP_UNANSWERED / 2);
}

/* Parse what was left, then read on; after the last request only to discard
 * what comes until the peer's FIN.  Returns the bytes that were left, to be
 * freed when they are delivered. */
static char *go_on_reading(struct http_conn *conn)
{
    if (!may_go_on(conn))
        return NULL;
    char *rest = conn->rest;
    conn->rest = NULL;
    conn->full = false;
    if (rest != NULL && !conn->last)
        parse(conn, rest, conn->rest_length);
    if (!conn->full)
        tcp_read_start(&conn->tcp);
    return rest;
}

/* ---- The connection's end ------------------------------------------------ */

void http_conn_answered(struct http_conn *conn)
{
    if (conn->last && conn->unanswered == 0) {
        tcp_shutdown(&conn->tcp);
        http_conn_wake(conn);
    } else if (conn->full) {
        http_conn_wake(conn); /* reads on */
    }
}

void http_conn_end(struct http_conn *conn)
{
    conn->last = true;
    while (conn->answering != NULL)
        exchange_free(conn->answering);
}

static void conn_free(struct http_conn *conn)
{
    while (!list_is_empty(&conn->exchanges))
        exchange_free(exchange_of(list_first(&conn->exchanges)));
    http_parse_fini(&conn->parser);
    free(conn->rest);
    ready_remove(&conn->http->shard->ready, &conn->task);
    slab_give(&conn->http->conns, conn);
}

/* ---- Delivering ---------------------------------------------------------- */

static void deliver_head(struct http_exchange *x)
{
    const struct http_ops *ops = x->conn->http->ops;
    bool all = x->received && !has_content(x);
    x->announced = true;
    x->completed = all;
    ops->request(x, all, x->conn->http->arg);
    head_release(x);
}

/* Deliver the next event of `x`; false when it has none. */
static bool deliver_next(struct http_exchange *x)
{
    const struct http_ops *ops = x->conn->http->ops;
    void *arg = x->conn->http->arg;
    if (!x->announced) {
        deliver_head(x);
        return true;
    }
    if (has_content(x)) {
        pieces_push(&x->inflow->delivered, pieces_pop(&x->inflow->waiting));
        ops->content(x, arg);
        return true;
    }
    if (!x->received || x->completed)
        return false;
    x->completed = true;
    ops->complete(x, arg);
    return true;
}

/* Deliver what `conn` has, as long as there is room.  False: not all of it. */
static bool deliver_exchanges(struct http_conn *conn)
{
    struct http *http = conn->http;
    for (int n = 0; conn->delivering != NULL; n++) {
        struct http_exchange *x = conn->delivering;
        if (n >= HTTP_EVENTS || !http->ops->has_room(http->arg))
            return false;
        if (!deliver_next(x))
            return true;
        if (x->completed) {
            conn->delivering = http_exchange_next(x);
            http_exchange_done(x);
        }
    }
    return true;
}

static void deliver_drained(struct http_conn *conn)
{
    struct http_exchange *x = conn->answering;
    if (x == NULL || !x->crowded || conn->tcp.crowded)
        return;
    x->crowded = false;
    conn->http->ops->drained(x, conn->http->arg);
}

static bool deliver(struct http_conn *conn)
{
    struct http *http = conn->http;
    if (!http->ops->has_room(http->arg))
        return false;
    if (!conn->announced) {
        conn->announced = true;
        http->ops->connection(conn, http->arg);
    }
    deliver_drained(conn); /* a pause is of requests */
    if (conn->paused)
        return true;
    if (conn->resumed) {
        conn->resumed = false;
        http->ops->resumed(conn, http->arg);
    }
    if (!deliver_exchanges(conn))
        return false;
    if (conn->eof && !conn->eof_delivered) {
        conn->eof_delivered = true;
        http->ops->eof(conn, http->arg);
    }
    if (conn->timed_out && !conn->closed) {
        conn->timed_out = false;
        http->ops->timeout(conn, http->arg);
        tcp_close(&conn->tcp, 0);
    }
    return true;
}

/* What could not be delivered now outlives the piece it came in. */
static void own_heads(struct http_conn *conn)
{
    for (struct http_exchange *x = conn->delivering; x != NULL;
         x = http_exchange_next(x))
        if (!x->announced && !x->owns_head)
            head_own(x);
}

static void conn_run(struct http_conn *conn)
{
    struct http *http = conn->http;
    bool all = deliver(conn);
    http->ops->delivered(http->arg);
    if (conn->closed && all) {
        http->ops->closed(conn, conn->error != 0, http->arg);
        conn_free(conn);
        return;
    }
    own_heads(conn);
    if (!all)
        http_conn_wake(conn);
}

static void on_task(struct task *task, struct shard *here)
{
    (void)here;
    struct http_conn *conn = CONTAINER_OF(task, struct http_conn, task);
    char *rest = go_on_reading(conn);
    conn_run(conn);
    free(rest);
}

/* ---- What the socket tells ----------------------------------------------- */

static void on_tcp_data(struct tcp *tcp, const char *bytes, size_t length)
{
    struct http_conn *conn = CONTAINER_OF(tcp, struct http_conn, tcp);
    bool discarded = conn->last && conn->receiving == NULL;
    /* A head has to come within the idle timeout as a whole: its later pieces
     * do not start the clock again. */
    if (!discarded && !http_parse_is_in_head(&conn->parser))
        tcp_touch(tcp);
    if (!discarded)
        parse(conn, bytes, length);
    conn_run(conn);
}

static void on_tcp_eof(struct tcp *tcp)
{
    struct http_conn *conn = CONTAINER_OF(tcp, struct http_conn, tcp);
    conn->eof = true;
    conn->last = true;
    if (conn->receiving != NULL)
        refuse(conn); /* cut within its content: it will never be complete */
    else
        http_conn_answered(conn);
    conn_run(conn);
}

static void on_tcp_drained(struct tcp *tcp)
{
    struct http_conn *conn = CONTAINER_OF(tcp, struct http_conn, tcp);
    http_conn_wake(conn);
}

static void on_tcp_timeout(struct tcp *tcp)
{
    struct http_conn *conn = CONTAINER_OF(tcp, struct http_conn, tcp);
    conn->timed_out = !conn->paused; /* the clock was set during the pause */
    http_conn_wake(conn);
}

static void on_tcp_closed(struct tcp *tcp, int error)
{
    struct http_conn *conn = CONTAINER_OF(tcp, struct http_conn, tcp);
    conn->closed = true;
    conn->error = error;
    http_conn_wake(conn);
}

static const struct tcp_ops tcp_ops = {
    .data = on_tcp_data,
    .eof = on_tcp_eof,
    .drained = on_tcp_drained,
    .timeout = on_tcp_timeout,
    .closed = on_tcp_closed,
};

/* ---- Pausing ------------------------------------------------------------- */

void http_pause(struct http_conn *conn)
{
    if (conn->paused || conn->closed)
        return;
    conn->paused = true;
    conn->timed_out = false;
    tcp_read_stop(&conn->tcp);
    tcp_suspend_timeout(&conn->tcp);
}

void http_resume(struct http_conn *conn)
{
    if (!conn->paused)
        return;
    conn->paused = false;
    conn->resumed = true;
    tcp_set_timeout(&conn->tcp, conn->tcp.idle_time / 1000000);
    http_conn_wake(conn);
}

void http_conn_close(struct http_conn *conn)
{
    conn->last = true;
    http_conn_answered(conn);
}

/* ---- Servers ------------------------------------------------------------- */

static void on_accept(struct listener *listener, int fd,
                      const struct addr *peer)
{
    struct http_server *server =
        CONTAINER_OF(listener, struct http_server, listener);
    struct http *http = server->http;
    struct http_conn *conn = slab_take(&http->conns, sizeof *conn);
    if (tcp_adopt(&conn->tcp, &tcp_ops, http->shard, http->bytes, BYTES_READ,
                  fd) < 0) {
        close(fd);
        slab_give(&http->conns, conn);
        return;
    }
    conn->http = http;
    conn->server_id = server->id;
    conn->peer = *peer;
    conn->task.run = on_task;
    list_init(&conn->exchanges);
    http_parse_init(&conn->parser, &parse_ops);
    tcp_set_timeout(&conn->tcp, HTTP_IDLE);
    tcp_read_start(&conn->tcp);
    http_conn_wake(conn);
}

static void on_listener_closed(struct listener *listener)
{
    struct http_server *server =
        CONTAINER_OF(listener, struct http_server, listener);
    ready_push(&server->http->shard->ready, &server->closed);
}

static void on_server_closed(struct task *task, struct shard *here)
{
    struct http_server *server =
        CONTAINER_OF(task, struct http_server, closed);
    struct http *http = server->http;
    if (http->ops->has_room(http->arg))
        http->ops->server_closed(server, http->arg);
    else
        ready_push(&here->ready, task);
}

static const struct listener_ops listener_ops = {
    .accept = on_accept,
    .closed = on_listener_closed,
};

int http_listen(struct http_server *server, struct http *http, uint32_t id,
                const char *host, uint16_t port, int backlog)
{
    server->http = http;
    server->id = id;
    server->closed = (struct task){ .run = on_server_closed };
    return listener_open(&server->listener, &listener_ops, http->shard, host,
                         port, backlog);
}

void http_server_close(struct http_server *server)
{
    listener_close(&server->listener);
}

void http_init(struct http *http, struct shard *shard, struct bytes *bytes,
               const struct http_ops *ops, void *arg)
{
    memset(http, 0, sizeof *http);
    http->shard = shard;
    http->bytes = bytes;
    http->ops = ops;
    http->arg = arg;
    slab_init(&http->conns, sizeof(struct http_conn));
    slab_init(&http->exchanges, sizeof(struct http_exchange));
}

static void close_conn(void *item, void *arg)
{
    (void)arg;
    tcp_close(&((struct http_conn *)item)->tcp, 0);
}

void http_close_all(struct http *http)
{
    slab_each(&http->conns, close_conn, NULL);
}

static void free_conn(void *item, void *arg)
{
    (void)arg;
    conn_free(item);
}

void http_fini(struct http *http)
{
    slab_each(&http->conns, free_conn, NULL);
    slab_fini(&http->conns);
    slab_fini(&http->exchanges);
}
