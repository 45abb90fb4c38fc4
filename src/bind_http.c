// SPDX-License-Identifier: MIT
#include "net/bytes.h"
#include "net/http_conn.h"
#include "sched/check.h"
#include "src/bindings.h"
#include "src/encoding.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/*
 * bind_http: HTTP servers for src/lib/http.js.
 *
 * What happened on all connections in a turn goes to JavaScript as rows of one
 * Int32Array, in one call: internal.dispatch().  rows[CURSOR] is the next row,
 * rows[END] where they end; JavaScript moves the cursor on before it calls a
 * listener, so a nested turn goes on where the outer one stood.
 *
 * JavaScript names connections and exchanges by (place, generation); a name of
 * what is gone finds nothing, and the call does nothing.
 */
enum row_kind {
    ROW_CONNECTION, /* place, generation, server */
    ROW_REQUEST,    /* place, generation, connection's place, method and flags,
                       text, start, end */
    ROW_CONTENT,    /* place, generation */
    ROW_COMPLETE,
    ROW_DRAIN,
    ROW_RESUME, /* place, generation of a connection; from here on of one */
    ROW_EOF,
    ROW_TIMEOUT,
    ROW_CLOSE,        /* ..., had an error */
    ROW_SERVER_CLOSE, /* server */
};

enum {
    CURSOR = 0,
    END = 1,
    FIRST = 8,
    ROW = 8, /* integers a row */
    ROWS = 4096,
    ROOM = 4, /* rows that has_room() promises */
    BATCH = 128, /* rows that are worth a call: more leave the cache */
    REQUEST_MINOR = 256, /* above the method */
    REQUEST_COMPLETE = 512,
    GROUP = 2048, /* most bytes of heads that share a string */
    HEADS = 256,  /* most response heads that are kept */
    ENCODING_SHIFT = 16 /* of the encoding above enum http_reply_flags */
};

struct server {
    struct http_server http; /* first */
    struct server *next;
};

/* A response head that is sent again and again: JavaScript names it by its
 * number, from 1. */
struct kept_head {
    char *text;
    size_t size;
    unsigned flags;
    uint64_t length;
};

struct bind_http {
    struct program *program;
    struct bytes bytes;
    struct http http;
    struct task dispatch; /* in shard->batch while there are rows */
    struct server *servers;
    struct js_ref *dispatcher;
    struct js_ref *texts; /* an array: the strings that request rows point to */
    uint32_t text_count;
    size_t group_length;
    char group[GROUP]; /* what will be the next string of `texts` */
    struct kept_head heads[HEADS];
    int kept_heads;
    int32_t rows[FIRST + ROWS * ROW];
};

static struct bind_http *self_of(struct js *js)
{
    return program_of(js)->http;
}

/* ---- Rows ------------------------------------------------------------------ */

static int32_t *add_row(struct bind_http *self, enum row_kind kind)
{
    CHECK(self->rows[END] < FIRST + ROWS * ROW);
    int32_t *row = self->rows + self->rows[END];
    self->rows[END] += ROW;
    row[0] = kind;
    ready_push(&self->program->shard->batch, &self->dispatch);
    return row;
}

static int32_t *add_named_row(struct bind_http *self, enum row_kind kind,
                              const struct slab_item *name)
{
    int32_t *row = add_row(self, kind);
    row[1] = (int32_t)name->place;
    row[2] = (int32_t)name->generation;
    return row;
}

static bool has_room(void *arg)
{
    struct bind_http *self = arg;
    return self->rows[END] <= FIRST + (ROWS - ROOM) * ROW;
}

static void on_connection(struct http_conn *conn, void *arg)
{
    int32_t *row = add_named_row(arg, ROW_CONNECTION, &conn->name);
    row[3] = (int32_t)conn->server_id;
}

/* Heads become strings in groups: making one string for many is what makes it
 * cheap, and a request that is kept for long keeps no more than its group. */
static void add_text(struct bind_http *self, const char *bytes, size_t length)
{
    struct js *js = self->program->js;
    struct js_scope scope;

    js_scope_open(js, &scope);
    js_set_index(js, js_ref_get(js, self->texts), self->text_count++,
                 js_string_latin1(js, bytes, length));
    js_scope_close(&scope);
}

static void end_group(struct bind_http *self)
{
    if (self->group_length == 0)
        return;
    add_text(self, self->group, self->group_length);
    self->group_length = 0;
}

static void on_request(struct http_exchange *x, bool complete, void *arg)
{
    struct bind_http *self = arg;
    size_t length = x->head_length;
    if (self->rows[END] == FIRST)
        self->text_count = 0; /* nobody points to the last turn's */
    if (self->group_length + length > GROUP)
        end_group(self);
    int32_t *row = add_named_row(self, ROW_REQUEST, &x->name);
    row[3] = (int32_t)x->conn->name.place;
    row[4] = x->method | (x->minor == 1 ? REQUEST_MINOR : 0) |
             (complete ? REQUEST_COMPLETE : 0);
    row[5] = (int32_t)self->text_count;
    row[6] = (int32_t)self->group_length;
    row[7] = (int32_t)(self->group_length + length);
    if (length > GROUP) {
        add_text(self, x->head, length);
        return;
    }
    memcpy(self->group + self->group_length, x->head, length);
    self->group_length += length;
}

static void on_content(struct http_exchange *x, void *arg)
{
    add_named_row(arg, ROW_CONTENT, &x->name);
}

static void on_complete(struct http_exchange *x, void *arg)
{
    add_named_row(arg, ROW_COMPLETE, &x->name);
}

static void on_drained(struct http_exchange *x, void *arg)
{
    add_named_row(arg, ROW_DRAIN, &x->name);
}

static void on_resumed(struct http_conn *conn, void *arg)
{
    add_named_row(arg, ROW_RESUME, &conn->name);
}

static void on_eof(struct http_conn *conn, void *arg)
{
    add_named_row(arg, ROW_EOF, &conn->name);
}

static void on_timeout(struct http_conn *conn, void *arg)
{
    add_named_row(arg, ROW_TIMEOUT, &conn->name);
}

static void on_delivered(void *arg)
{
    struct bind_http *self = arg;
    if (self->rows[END] - self->rows[CURSOR] >= BATCH * ROW)
        shard_hurry(self->program->shard);
}

static void on_closed(struct http_conn *conn, bool had_error, void *arg)
{
    int32_t *row = add_named_row(arg, ROW_CLOSE, &conn->name);
    row[3] = had_error;
}

static void on_server_closed(struct http_server *http, void *arg)
{
    struct bind_http *self = arg;
    struct server *server = CONTAINER_OF(http, struct server, http);
    struct server **at = &self->servers;
    while (*at != server)
        at = &(*at)->next;
    *at = server->next;
    add_row(self, ROW_SERVER_CLOSE)[1] = (int32_t)http->id;
    free(server);
}

static const struct http_ops http_ops = {
    .has_room = has_room,
    .connection = on_connection,
    .request = on_request,
    .content = on_content,
    .complete = on_complete,
    .drained = on_drained,
    .resumed = on_resumed,
    .eof = on_eof,
    .timeout = on_timeout,
    .delivered = on_delivered,
    .closed = on_closed,
    .server_closed = on_server_closed,
};

/* One call for all rows.  While it runs the task stays in the queue: a listener
 * may wait, and the nested turns have to see the rows that are left. */
static void on_dispatch(struct task *task, struct shard *here)
{
    struct bind_http *self = CONTAINER_OF(task, struct bind_http, dispatch);
    struct js *js = self->program->js;
    struct js_scope scope;

    end_group(self);
    ready_push(&here->batch, task);
    js_scope_open(js, &scope);
    js_enter(js, js_ref_get(js, self->dispatcher), js_undefined(js), 0, NULL);
    js_scope_close(&scope);
    if (self->rows[CURSOR] == self->rows[END])
        ready_remove(&here->batch, task);
    program_settle(self->program);
}

/* ---- Natives: names ---------------------------------------------------------- */

static struct http_exchange *exchange_arg(struct js *js,
                                          const struct js_args *args)
{
    return http_exchange_find(&self_of(js)->http,
                              (uint32_t)js_to_integer(js_arg(args, 0)),
                              (uint32_t)js_to_integer(js_arg(args, 1)));
}

static struct http_conn *conn_arg(struct js *js, const struct js_args *args)
{
    return http_conn_find(&self_of(js)->http,
                          (uint32_t)js_to_integer(js_arg(args, 0)),
                          (uint32_t)js_to_integer(js_arg(args, 1)));
}

/* ---- Natives: requests --------------------------------------------------------- */

/* content(place, generation, encoding): the next piece of content. */
static js_value bind_content(struct js *js, const struct js_args *args)
{
    struct http_exchange *x = exchange_arg(js, args);
    struct content *piece = x == NULL ? NULL : http_content_first(x);
    if (piece == NULL)
        return js_undefined(js);
    enum encoding encoding =
        (enum encoding)js_to_integer(js_arg(args, 2));
    js_value value =
        encoding_decode(js, encoding, &x->inflow->decoder, piece->bytes,
                        piece->length, http_content_is_last(x));
    http_content_drop(x);
    return value;
}

/* ---- Natives: responses ---------------------------------------------------------- */

struct reply {
    struct http_reply http; /* first */
    struct js *js;
    const struct kept_head *kept;
    js_value head; /* when not kept */
    js_value content;
    char *bytes; /* of content that is no string */
    enum encoding encoding;
};

static void write_kept_head(const struct http_reply *http, char *out)
{
    const struct reply *reply = (const struct reply *)http;
    memcpy(out, reply->kept->text, http->head_size);
}

static void write_head(const struct http_reply *http, char *out)
{
    const struct reply *reply = (const struct reply *)http;
    js_string_write_latin1(reply->js, reply->head, 0, http->head_size, out);
}

static void write_content(const struct http_reply *http, char *out)
{
    const struct reply *reply = (const struct reply *)http;
    if (reply->bytes != NULL)
        memcpy(out, reply->bytes, http->content_size);
    else
        encoding_encode(reply->js, reply->encoding, reply->content, out,
                        http->content_size);
}

static js_value respond(struct http_exchange *x, struct reply *reply,
                        int32_t flags, js_value content)
{
    struct js *js = reply->js;
    reply->http.flags |= (uint16_t)flags;
    reply->http.write_content = write_content;
    reply->content = content;
    reply->encoding = (enum encoding)(flags >> ENCODING_SHIFT);
    if (js_is_string(content))
        reply->http.content_size = encoding_size(js, reply->encoding, content);
    else if (!js_bytes(content, &reply->bytes, &reply->http.content_size))
        reply->http.content_size = 0;
    int result = http_respond(x, &reply->http);
    if (result == -EMSGSIZE)
        return js_integer(js, -2);
    return js_integer(js, result < 0 ? -1 : result);
}

/* respond(place, generation, head, flags, content)
 *
 * head: the number of a kept one, or 0 when the head was sent.  flags: HTTP_
 * FINISH and the encoding of a string.  content: a string, bytes or undefined.
 * Returns 0; 1: more than TCP_HIGH_WATER wait and "drain" follows; -1: the
 * connection is gone; -2: more content than the Content-Length said, and
 * nothing was sent. */
static js_value bind_respond(struct js *js, const struct js_args *args)
{
    struct http_exchange *x = exchange_arg(js, args);
    if (x == NULL)
        return js_integer(js, -1);
    struct reply reply = { .js = js };
    int32_t number = js_to_integer(js_arg(args, 2));
    if (number > 0) {
        reply.kept = &self_of(js)->heads[number - 1];
        reply.http.flags = reply.kept->flags | HTTP_HEAD;
        reply.http.length = reply.kept->length;
        reply.http.head_size = reply.kept->size;
        reply.http.write_head = write_kept_head;
    }
    return respond(x, &reply, js_to_integer(js_arg(args, 3)),
                   js_arg(args, 4));
}

/* respondWith(place, generation, head, flags, content, length): the same with a
 * head that is not kept: its text, its flags among the others, its length. */
static js_value bind_respond_with(struct js *js, const struct js_args *args)
{
    struct http_exchange *x = exchange_arg(js, args);
    if (x == NULL)
        return js_integer(js, -1);
    struct reply reply = { .js = js, .head = js_arg(args, 2) };
    reply.http.flags = HTTP_HEAD;
    reply.http.length = (uint64_t)js_to_number(js_arg(args, 5));
    reply.http.head_size = js_string_length(reply.head);
    reply.http.write_head = write_head;
    return respond(x, &reply, js_to_integer(js_arg(args, 3)),
                   js_arg(args, 4));
}

/* keepHead(head, flags, length): its number; -1: there is no room. */
static js_value bind_keep_head(struct js *js, const struct js_args *args)
{
    struct bind_http *self = self_of(js);
    if (self->kept_heads == HEADS)
        return js_integer(js, -1);
    js_value text = js_arg(args, 0);
    struct kept_head *head = &self->heads[self->kept_heads++];
    head->size = js_string_length(text);
    head->text = xmalloc(head->size);
    js_string_write_latin1(js, text, 0, head->size, head->text);
    head->flags = (unsigned)js_to_integer(js_arg(args, 1));
    head->length = (uint64_t)js_to_number(js_arg(args, 2));
    return js_integer(js, self->kept_heads);
}

/* ---- Natives: connections ------------------------------------------------------------ */

static js_value bind_pause(struct js *js, const struct js_args *args)
{
    struct http_conn *conn = conn_arg(js, args);
    if (conn != NULL)
        http_pause(conn);
    return js_undefined(js);
}

/* resume(place, generation): reads on; a ROW_RESUME follows. */
static js_value bind_resume(struct js *js, const struct js_args *args)
{
    struct http_conn *conn = conn_arg(js, args);
    if (conn != NULL)
        http_resume(conn);
    return js_undefined(js);
}

static js_value bind_peer(struct js *js, const struct js_args *args)
{
    struct http_conn *conn = conn_arg(js, args);
    if (conn == NULL)
        return js_undefined(js);
    char text[ADDR_TEXT];
    addr_text(&conn->peer, text);
    return js_string(js, text, strlen(text));
}

static js_value bind_set_timeout(struct js *js, const struct js_args *args)
{
    struct http_conn *conn = conn_arg(js, args);
    double ms = js_to_number(js_arg(args, 2));
    if (conn != NULL)
        tcp_set_timeout(&conn->tcp, ms > 0 ? (uint64_t)ms : 0);
    return js_undefined(js);
}

/* close(place, generation): no further request; after the answers, FIN. */
static js_value bind_close(struct js *js, const struct js_args *args)
{
    struct http_conn *conn = conn_arg(js, args);
    if (conn != NULL)
        http_conn_close(conn);
    return js_undefined(js);
}

static js_value bind_force_close(struct js *js, const struct js_args *args)
{
    struct http_conn *conn = conn_arg(js, args);
    if (conn != NULL)
        tcp_close(&conn->tcp, 0);
    return js_undefined(js);
}

/* ---- Natives: servers ------------------------------------------------------------------ */

static js_value listen_failed(struct js *js, int error, const char *host,
                              int32_t port)
{
    const char *shown = host == NULL ? "0.0.0.0" : host;
    if (error == -ENOENT)
        return js_throw_errno(js, error, "listen on %s:%d: no such host",
                              shown, port);
    return js_throw_errno(js, error, "listen on %s:%d", shown, port);
}

/* listen(server, port, host, backlog): throws when it cannot. */
static js_value bind_listen(struct js *js, const struct js_args *args)
{
    struct bind_http *self = self_of(js);
    uint32_t id = (uint32_t)js_to_integer(js_arg(args, 0));
    int32_t port = js_to_integer(js_arg(args, 1));
    char *host = NULL;
    if (js_is_string(js_arg(args, 2)))
        host = js_copy_utf8(js, js_arg(args, 2), NULL);
    struct server *server = xcalloc(1, sizeof *server);
    int error = http_listen(&server->http, &self->http, id, host,
                            (uint16_t)port, js_to_integer(js_arg(args, 3)));
    if (error < 0) {
        free(server);
        listen_failed(js, error, host, port);
        free(host);
        return JS_NONE;
    }
    free(host);
    server->next = self->servers;
    self->servers = server;
    return js_undefined(js);
}

static struct server *server_arg(struct js *js, const struct js_args *args)
{
    uint32_t id = (uint32_t)js_to_integer(js_arg(args, 0));
    struct server *server = self_of(js)->servers;
    while (server != NULL && server->http.id != id)
        server = server->next;
    return server;
}

static js_value bind_close_server(struct js *js, const struct js_args *args)
{
    struct server *server = server_arg(js, args);
    if (server != NULL)
        http_server_close(&server->http);
    return js_undefined(js);
}

/* port(server): the real one, when 0 was asked for. */
static js_value bind_port(struct js *js, const struct js_args *args)
{
    struct server *server = server_arg(js, args);
    if (server == NULL || server->http.listener.closing)
        return js_undefined(js);
    struct addr addr;
    listener_addr(&server->http.listener, &addr);
    return js_integer(js, addr_port(&addr));
}

const struct js_function http_table[] = {
    { "content", bind_content },
    { "respond", bind_respond },
    { "respondWith", bind_respond_with },
    { "keepHead", bind_keep_head },
    { "pause", bind_pause },
    { "resume", bind_resume },
    { "peer", bind_peer },
    { "setTimeout", bind_set_timeout },
    { "close", bind_close },
    { "forceClose", bind_force_close },
    { "listen", bind_listen },
    { "closeServer", bind_close_server },
    { "port", bind_port },
    { NULL, NULL },
};

/* ---- The shard's share -------------------------------------------------------------------- */

static js_value method_names(struct js *js)
{
    js_value names = js_array(js, NULL, 0);
    const char *name;
    for (unsigned i = 0; (name = http_method_name(i)) != NULL; i++)
        js_set_index(js, names, i, js_symbol_string(js, name));
    return names;
}

int bind_http_open(struct program *program)
{
    struct bind_http *self = xcalloc(1, sizeof *self);
    struct js *js = program->js;
    struct js_scope scope;

    program->http = self;
    self->program = program;
    self->dispatch.run = on_dispatch;
    self->rows[CURSOR] = FIRST;
    self->rows[END] = FIRST;
    bytes_init(&self->bytes);
    http_init(&self->http, program->shard, &self->bytes, &http_ops, self);
    js_scope_open(js, &scope);
    js_value internal = js_internal(js);
    self->dispatcher = js_ref_new(js, js_get(js, internal, "dispatch"));
    js_value texts = js_array(js, NULL, 0);
    self->texts = js_ref_new(js, texts);
    js_value argv[] = {
        js_int32_window(js, self->rows, sizeof self->rows / sizeof(int32_t)),
        texts,
        method_names(js),
    };
    js_enter(js, js_get(js, internal, "startHttp"), internal, 3, argv);
    js_scope_close(&scope);
    return 0;
}

void bind_http_close(struct program *program)
{
    struct bind_http *self = program->http;

    for (struct server *s = self->servers; s != NULL; s = s->next)
        http_server_close(&s->http);
    http_close_all(&self->http);
    uv_run(&program->shard->loop, UV_RUN_NOWAIT); /* their close callbacks */
    http_fini(&self->http);
    while (self->servers != NULL) {
        struct server *next = self->servers->next;
        ready_remove(&program->shard->ready, &self->servers->http.closed);
        free(self->servers);
        self->servers = next;
    }
    bytes_fini(&self->bytes);
    ready_remove(&program->shard->batch, &self->dispatch);
    for (int i = 0; i < self->kept_heads; i++)
        free(self->heads[i].text);
    js_ref_free(self->texts);
    js_ref_free(self->dispatcher);
    free(self);
}
