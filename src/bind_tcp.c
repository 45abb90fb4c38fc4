// SPDX-License-Identifier: MIT
#include "net/tcp_conn.h"
#include "sched/check.h"
#include "src/bindings.h"
#include "src/encoding.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * bind_tcp: connections for src/lib/tcp.js, which names them by (place,
 * generation); a name of what is gone finds nothing, and the call does nothing.
 */
struct bind_tcp {
    struct program *program;
    struct tcp_conns conns;
};

enum {
    HEAD_MINOR = 1, /* of a response: integer 5 of its row */
    HEAD_KEEP_ALIVE = 2
};

/* ---- What the connections tell ------------------------------------------- */

static int32_t *add_row(void *arg, enum row_kind kind,
                        const struct tcp_conn *conn)
{
    struct bind_tcp *self = arg;
    return rows_add_named(&self->program->rows, kind, conn->name.place,
                          conn->name.generation);
}

static bool has_room(void *arg)
{
    struct bind_tcp *self = arg;
    return rows_have_room(&self->program->rows);
}

static void on_connection(struct tcp_conn *conn, void *arg)
{
    add_row(arg, ROW_TCP_CONNECTION, conn)[3] = (int32_t)conn->server_id;
}

static void on_connected(struct tcp_conn *conn, void *arg)
{
    add_row(arg, ROW_TCP_CONNECT, conn);
}

static void on_piece(struct tcp_conn *conn, const struct piece *piece,
                     void *arg)
{
    int32_t *row = add_row(arg, ROW_TCP_PIECE, conn);
    row[3] = (int32_t)piece->kind;
    row[4] = conn->head.status;
    row[5] = (conn->head.minor == 1 ? HEAD_MINOR : 0) |
             (conn->head.keep_alive ? HEAD_KEEP_ALIVE : 0);
}

static void on_drained(struct tcp_conn *conn, void *arg)
{
    add_row(arg, ROW_TCP_DRAIN, conn);
}

static void on_resumed(struct tcp_conn *conn, void *arg)
{
    add_row(arg, ROW_TCP_RESUME, conn);
}

static void on_eof(struct tcp_conn *conn, void *arg)
{
    add_row(arg, ROW_TCP_EOF, conn);
}

static void on_timeout(struct tcp_conn *conn, void *arg)
{
    add_row(arg, ROW_TCP_TIMEOUT, conn);
}

static void on_closed(struct tcp_conn *conn, int error, void *arg)
{
    int32_t *row = add_row(arg, ROW_TCP_CLOSE, conn);
    row[3] = error;
}

static void on_server_closed(struct tcp_server *server, void *arg)
{
    struct bind_tcp *self = arg;
    bind_server_closed(self->program, server->id);
}

static const struct tcp_conn_ops conn_ops = {
    .has_room = has_room,
    .connection = on_connection,
    .connected = on_connected,
    .piece = on_piece,
    .drained = on_drained,
    .resumed = on_resumed,
    .eof = on_eof,
    .timeout = on_timeout,
    .closed = on_closed,
    .server_closed = on_server_closed,
};

/* ---- Natives ------------------------------------------------------------- */

static struct tcp_conn *conn_arg(struct js *js, const struct js_args *args)
{
    return tcp_conn_find(&program_of(js)->tcp->conns,
                         (uint32_t)js_to_integer(js_arg(args, 0)),
                         (uint32_t)js_to_integer(js_arg(args, 1)));
}

/* connect(port, host): [place, generation]. */
static js_value bind_connect(struct js *js, const struct js_args *args)
{
    char *host = js_copy_utf8(js, js_arg(args, 1), NULL);
    struct tcp_conn *conn =
        tcp_conn_connect(&program_of(js)->tcp->conns, host,
                         (uint16_t)js_to_integer(js_arg(args, 0)));
    free(host);
    js_value name[] = { js_integer(js, (int32_t)conn->name.place),
                        js_integer(js, (int32_t)conn->name.generation) };
    return js_array(js, name, 2);
}

/* peer(place, generation): the address of an accepted connection's peer. */
static js_value bind_peer(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    if (conn == NULL || !conn->accepted)
        return js_undefined(js);
    char text[ADDR_TEXT];
    addr_text(&conn->peer, text);
    return js_string(js, text, strlen(text));
}

/* take(place, generation, encoding): what the piece told of holds. */
static js_value bind_take(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    struct piece *piece = conn == NULL ? NULL : tcp_conn_first(conn);
    if (piece == NULL)
        return js_undefined(js);
    enum encoding encoding = (enum encoding)js_to_integer(js_arg(args, 2));
    js_value value =
        encoding_decode(js, encoding, &conn->decoder, piece->bytes,
                        piece->length, tcp_conn_is_last(conn));
    tcp_conn_drop(conn);
    return value;
}

/* rest(place, generation): what has come of a character of UTF-8 that will not
 * be whole any more. */
static js_value bind_rest(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    if (conn == NULL)
        return js_string(js, "", 0);
    return encoding_decode(js, ENCODING_UTF8, &conn->decoder, "", 0, true);
}

static size_t put(struct js *js, struct tcp_conn *conn, struct chain *out,
                  js_value data, enum encoding encoding)
{
    size_t size;
    char *bytes;
    struct bytes *memory = conn->conns->bytes;
    if (js_bytes(data, &bytes, &size)) {
        chain_append(memory, out, bytes, size);
        return size;
    }
    size = encoding_size(js, encoding, data);
    if (size > 0) {
        encoding_encode(js, encoding, data, chain_reserve(memory, out, size),
                        size);
        chain_commit(out, size);
    }
    return size;
}

/* send(place, generation, data, encoding): the bytes queued, negative (and one
 * less) when more than TCP_HIGH_WATER wait and "drain" follows; undefined when
 * the connection is gone. */
static js_value bind_send(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    struct chain *out = conn == NULL ? NULL : tcp_conn_out(conn);
    if (out == NULL)
        return js_undefined(js);
    size_t size = put(js, conn, out, js_arg(args, 2),
                      (enum encoding)js_to_integer(js_arg(args, 3)));
    bool crowded = tcp_conn_written(conn);
    return js_number(js, crowded ? -1.0 - (double)size : (double)size);
}

static js_value bind_pending(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    return js_number(js, conn == NULL ? 0 : (double)tcp_conn_pending(conn));
}

static js_value bind_close(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    if (conn != NULL)
        tcp_conn_shutdown(conn);
    return js_undefined(js);
}

static js_value bind_force_close(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    if (conn != NULL)
        tcp_conn_abort(conn);
    return js_undefined(js);
}

static js_value bind_pause(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    if (conn != NULL)
        tcp_conn_pause(conn);
    return js_undefined(js);
}

static js_value bind_resume(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    if (conn != NULL)
        tcp_conn_resume(conn);
    return js_undefined(js);
}

static js_value bind_set_timeout(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    double ms = js_to_number(js_arg(args, 2));
    if (conn != NULL)
        tcp_conn_set_timeout(conn, (uint64_t)ceil(ms));
    return js_undefined(js);
}

static js_value bind_set_no_delay(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    if (conn != NULL)
        tcp_conn_set_no_delay(conn, js_to_boolean(js, js_arg(args, 2)));
    return js_undefined(js);
}

/* forget(place, generation): "close" is being told. */
static js_value bind_forget(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    if (conn != NULL && conn->closed_told)
        tcp_conn_free(conn);
    return js_undefined(js);
}

/* expect(place, generation, isHead): an HTTP response comes next. */
static js_value bind_expect(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    if (conn != NULL)
        tcp_conn_expect(conn, js_to_boolean(js, js_arg(args, 2)));
    return js_undefined(js);
}

/* setIdle(place, generation, idle): does it keep the process alive? */
static js_value bind_set_idle(struct js *js, const struct js_args *args)
{
    struct tcp_conn *conn = conn_arg(js, args);
    if (conn != NULL)
        tcp_conn_set_idle(conn, js_to_boolean(js, js_arg(args, 2)));
    return js_undefined(js);
}

const struct js_function tcp_table[] = {
    { "connect", bind_connect },
    { "peer", bind_peer },
    { "take", bind_take },
    { "rest", bind_rest },
    { "send", bind_send },
    { "pending", bind_pending },
    { "close", bind_close },
    { "forceClose", bind_force_close },
    { "pause", bind_pause },
    { "resume", bind_resume },
    { "setTimeout", bind_set_timeout },
    { "setNoDelay", bind_set_no_delay },
    { "forget", bind_forget },
    { "expect", bind_expect },
    { "setIdle", bind_set_idle },
    { NULL, NULL },
};

/* ---- The shard's share --------------------------------------------------- */

struct tcp_conns *bind_tcp_conns(struct program *program)
{
    return &program->tcp->conns;
}

int bind_tcp_open(struct program *program)
{
    struct bind_tcp *self = xcalloc(1, sizeof *self);

    program->tcp = self;
    self->program = program;
    tcp_conns_init(&self->conns, program->shard, &program->bytes,
                   program->dns, &conn_ops, self);
    return 0;
}

void bind_tcp_close(struct program *program)
{
    struct bind_tcp *self = program->tcp;

    tcp_conns_close(&self->conns);
    uv_run(&program->shard->loop, UV_RUN_NOWAIT); /* their close callbacks */
    tcp_conns_fini(&self->conns);
    free(self);
}
