// SPDX-License-Identifier: MIT
#include "net/http_conn.h"
#include "sched/check.h"
#include "src/bindings.h"
#include "src/encoding.h"
#include "src/rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/*
 * bind_http: HTTP servers for src/lib/http.js.
 *
 * What happened goes to JavaScript as rows (src/rows.h).  JavaScript names
 * connections and exchanges by (place, generation); a name of what is gone finds
 * nothing, and the call does nothing.
 */
enum {
    BATCH = 128, /* rows that are worth a call: more leave the cache */
    REQUEST_MINOR = 256, /* above the method */
    REQUEST_COMPLETE = 512,
    GROUP = 2048, /* most bytes of heads that share a string */
    HEADS = 256,  /* most response heads that are kept */
    ENCODING_SHIFT = 16 /* of the encoding above enum http_reply_flags */
};

/* A response head that is sent again and again: JavaScript names it by its
 * number, from 1; and the whole response, when the content is the same, too. */
struct kept_head {
    char *text;
    size_t size;
    unsigned flags;
    uint64_t length;
    struct http_kept whole;
};

struct bind_http {
    struct program *program;
    struct http http;
    struct js_ref *texts; /* an array: the strings that request rows point to */
    uint32_t text_count;
    size_t group_length;
    char group[GROUP]; /* what will be the next string of `texts` */
    struct kept_head heads[HEADS];
    int kept_heads;
};

static struct bind_http *self_of(struct js *js)
{
    return program_of(js)->http;
}

/* ---- What the connections tell ------------------------------------------- */

static int32_t *add_row(struct bind_http *self, enum row_kind kind,
                        const struct slab_item *name)
{
    return rows_add_named(&self->program->rows, kind, name->place,
                          name->generation);
}

static bool has_room(void *arg)
{
    struct bind_http *self = arg;
    return rows_have_room(&self->program->rows);
}

static void on_connection(struct http_conn *conn, void *arg)
{
    int32_t *row = add_row(arg, ROW_CONNECTION, &conn->name);
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
    if (rows_are_empty(&self->program->rows))
        self->text_count = 0; /* nobody points to the last turn's */
    if (self->group_length + length > GROUP)
        end_group(self);
    int32_t *row = add_row(self, ROW_REQUEST, &x->name);
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
    add_row(arg, ROW_CONTENT, &x->name);
}

static void on_complete(struct http_exchange *x, void *arg)
{
    add_row(arg, ROW_COMPLETE, &x->name);
}

static void on_drained(struct http_exchange *x, void *arg)
{
    add_row(arg, ROW_DRAIN, &x->name);
}

static void on_resumed(struct http_conn *conn, void *arg)
{
    add_row(arg, ROW_RESUME, &conn->name);
}

static void on_eof(struct http_conn *conn, void *arg)
{
    add_row(arg, ROW_EOF, &conn->name);
}

static void on_timeout(struct http_conn *conn, void *arg)
{
    add_row(arg, ROW_TIMEOUT, &conn->name);
}

static void on_delivered(void *arg)
{
    struct bind_http *self = arg;
    if (rows_count(&self->program->rows) >= BATCH)
        shard_hurry(self->program->shard);
}

static void on_closed(struct http_conn *conn, bool had_error, void *arg)
{
    int32_t *row = add_row(arg, ROW_CLOSE, &conn->name);
    row[3] = had_error;
}

static void on_server_closed(struct http_server *server, void *arg)
{
    struct bind_http *self = arg;
    bind_server_closed(self->program, server->id);
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

/* ---- Answers ------------------------------------------------------------- */

static void take_answers(struct bind_http *self)
{
    int32_t *window = self->program->rows.window;
    const int32_t *end = window + window[ROWS_ANSWERS_END];
    window[ROWS_ANSWERS_END] = ROWS_ANSWERS;
    for (const int32_t *row = window + ROWS_ANSWERS; row < end;
         row += ROWS_ANSWER_SIZE) {
        struct http_exchange *x = http_exchange_find(
            &self->http, (uint32_t)row[0], (uint32_t)row[1]);
        if (x != NULL)
            http_respond_kept(x, &self->heads[row[2] - 1].whole);
    }
}

/* Before the rows go to JavaScript. */
static void before_dispatch(struct program *program)
{
    end_group(program->http);
}

static void after_dispatch(struct program *program)
{
    take_answers(program->http);
}

/* ---- Natives: names ------------------------------------------------------ */

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

/* ---- Natives: requests --------------------------------------------------- */

/* content(place, generation, encoding): the next piece of content. */
static js_value bind_content(struct js *js, const struct js_args *args)
{
    struct http_exchange *x = exchange_arg(js, args);
    struct piece *piece = x == NULL ? NULL : http_content_first(x);
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

/* ---- Natives: responses -------------------------------------------------- */

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

/* keepResponse(number, encoding, content): the response with the kept head
 * `number`, which has no flags, and this content, a string or undefined, can be
 * an answer. */
static js_value bind_keep_response(struct js *js, const struct js_args *args)
{
    struct bind_http *self = self_of(js);
    struct kept_head *head = &self->heads[js_to_integer(js_arg(args, 0)) - 1];
    enum encoding encoding = (enum encoding)js_to_integer(js_arg(args, 1));
    js_value content = js_arg(args, 2);
    char *bytes = NULL;
    size_t size = 0;
    take_answers(self); /* they may mean the one before */
    if (js_is_string(content)) {
        size = encoding_size(js, encoding, content);
        bytes = xmalloc(size);
        encoding_encode(js, encoding, content, bytes, size);
    }
    http_kept_set(&head->whole, head->text, head->size, bytes, size);
    free(bytes);
    return js_undefined(js);
}

/* ---- Natives: connections ------------------------------------------------ */

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

static js_value bind_set_no_delay(struct js *js, const struct js_args *args)
{
    struct http_conn *conn = conn_arg(js, args);
    if (conn != NULL && !conn->tcp.closing)
        tcp_set_no_delay(&conn->tcp, js_to_boolean(js, js_arg(args, 2)));
    return js_undefined(js);
}

static js_value bind_force_close(struct js *js, const struct js_args *args)
{
    struct http_conn *conn = conn_arg(js, args);
    if (conn != NULL)
        tcp_close(&conn->tcp, 0);
    return js_undefined(js);
}

const struct js_function http_table[] = {
    { "content", bind_content },
    { "respond", bind_respond },
    { "respondWith", bind_respond_with },
    { "keepHead", bind_keep_head },
    { "keepResponse", bind_keep_response },
    { "pause", bind_pause },
    { "resume", bind_resume },
    { "peer", bind_peer },
    { "setTimeout", bind_set_timeout },
    { "close", bind_close },
    { "forceClose", bind_force_close },
    { "setNoDelay", bind_set_no_delay },
    { NULL, NULL },
};

/* ---- The shard's share --------------------------------------------------- */

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
    program->rows.before = before_dispatch;
    program->rows.after = after_dispatch;
    http_init(&self->http, program->shard, &program->bytes, &http_ops, self);
    js_scope_open(js, &scope);
    js_value internal = js_internal(js);
    js_value texts = js_array(js, NULL, 0);
    self->texts = js_ref_new(js, texts);
    js_value argv[] = { texts, method_names(js) };
    js_enter(js, js_get(js, internal, "startHttp"), internal, 2, argv);
    js_scope_close(&scope);
    return 0;
}

struct http *bind_http_server(struct program *program)
{
    return &program->http->http;
}

void bind_http_close(struct program *program)
{
    struct bind_http *self = program->http;

    http_close_all(&self->http);
    uv_run(&program->shard->loop, UV_RUN_NOWAIT); /* their close callbacks */
    http_fini(&self->http);
    for (int i = 0; i < self->kept_heads; i++) {
        free(self->heads[i].text);
        http_kept_fini(&self->heads[i].whole);
    }
    js_ref_free(self->texts);
    free(self);
}
