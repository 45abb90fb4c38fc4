// SPDX-License-Identifier: MIT
#ifndef TESTS_NET_APP_H
#define TESTS_NET_APP_H

#include "net/http_conn.h"
#include "tests/net/stage.h"

#include <limits.h>
#include <time.h>

/*
 * app: an HTTP server in C, in the place of a JavaScript program.
 *
 * What it is told it writes down, a line each, in the order in which it came:
 *
 *     connection
 *     GET /a complete      or without "complete": something follows
 *     content              in however many pieces
 *     complete
 *     drained  resumed  eof  timeout
 *     closed  closed with error
 *
 * As the floor above does, it only notes what it is told, by name, and acts in
 * the turn's batch: it takes the content and calls the test's functions.
 * A test may also answer between turns.
 */
enum {
    APP_REQUESTS = 4096, /* most that are remembered */
    APP_ROWS = 8192,
    APP_ROOM = 4 /* events between two questions for room */
};

enum app_kind {
    APP_CONNECTION,
    APP_REQUEST,
    APP_CONTENT,
    APP_COMPLETE,
    APP_DRAINED
};

struct app_row {
    enum app_kind kind;
    unsigned number; /* of the request */
    uint32_t place;
    uint32_t generation;
};

struct app_request {
    char target[40];
    uint32_t place;
    uint32_t generation;
};

struct app {
    struct stage stage;
    struct http http;
    struct http_server server;
    uint16_t port;
    struct task batch;
    struct app_row rows[APP_ROWS];
    unsigned row_count;

    struct text events;
    bool is_quiet; /* write nothing down */
    unsigned turn_events; /* in the turn `turn` */
    unsigned most_events; /* in any turn */
    uint64_t turn;
    int room;
    bool has_no_room;

    struct app_request requests[APP_REQUESTS];
    unsigned request_count;
    struct text content; /* its beginning */
    uint64_t content_length;
    uint64_t content_sum;
    unsigned connections;
    unsigned closes;
    unsigned errors; /* closes with error */
    unsigned timeouts;
    unsigned drains;
    unsigned server_closes;
    struct http_conn *conn; /* the last one that came; for one at a time */
    uint64_t timeout_ms;    /* for each connection that comes */

    void (*on_connection)(struct app *app, struct http_conn *conn);
    void (*on_request)(struct app *app, struct http_exchange *x,
                       unsigned number);
    void (*on_content)(struct app *app, struct http_exchange *x);
    void (*on_complete)(struct app *app, struct http_exchange *x,
                        unsigned number);
    void (*on_drained)(struct app *app, struct http_exchange *x);
};

/* ---- Being told ---------------------------------------------------------------- */

static inline bool app_has_room(void *arg)
{
    struct app *app = arg;
    app->room = app->has_no_room ? 0 : APP_ROOM;
    return !app->has_no_room;
}

/* Nobody may be told more than there is room for. */
static inline void app_note(struct app *app, const char *line)
{
    CHECK_TRUE(app->room-- > 0);
    if (app->turn != app->stage.shard.turns)
        app->turn_events = 0;
    app->turn = app->stage.shard.turns;
    if (++app->turn_events > app->most_events)
        app->most_events = app->turn_events;
    if (!app->is_quiet)
        text_print(&app->events, "%s\n", line);
}

static inline void app_row(struct app *app, enum app_kind kind,
                           const struct slab_item *name, unsigned number)
{
    CHECK(app->row_count < APP_ROWS);
    app->rows[app->row_count++] = (struct app_row){ kind, number, name->place,
                                                    name->generation };
    ready_push(&app->stage.shard.batch, &app->batch);
}

static inline void app_on_connection(struct http_conn *conn, void *arg)
{
    struct app *app = arg;
    app_note(app, "connection");
    app->connections++;
    app->conn = conn;
    app_row(app, APP_CONNECTION, &conn->name, 0);
}

/* UINT_MAX: it is remembered no longer. */
static inline unsigned app_number(const struct app *app,
                                  const struct http_exchange *x)
{
    for (unsigned i = app->request_count; i-- > 0;)
        if (app->requests[i].place == x->name.place &&
            app->requests[i].generation == x->name.generation)
            return i;
    return UINT_MAX;
}

static inline void app_on_request(struct http_exchange *x, bool complete,
                                  void *arg)
{
    struct app *app = arg;
    struct app_request request = { .place = x->name.place,
                                   .generation = x->name.generation };
    char line[100];
    size_t length = 0;
    while (length < x->head_length && x->head[length] != ' ' &&
           length < sizeof request.target - 1)
        length++;
    memcpy(request.target, x->head, length);
    snprintf(line, sizeof line, "%s %s%s", http_method_name(x->method),
             request.target, complete ? " complete" : "");
    app_note(app, line);
    CHECK(app->request_count < APP_REQUESTS);
    app->requests[app->request_count] = request;
    app_row(app, APP_REQUEST, &x->name, app->request_count++);
}

static inline void app_on_content(struct http_exchange *x, void *arg)
{
    static const char line[] = "content\n";
    struct app *app = arg;
    size_t length = app->events.length;
    bool goes_on = length >= sizeof line - 1 &&
                   memcmp(app->events.bytes + length - (sizeof line - 1), line,
                          sizeof line - 1) == 0;
    bool was_quiet = app->is_quiet;
    app->is_quiet |= goes_on;
    app_note(app, "content");
    app->is_quiet = was_quiet;
    app_row(app, APP_CONTENT, &x->name, app_number(app, x));
}

static inline void app_on_complete(struct http_exchange *x, void *arg)
{
    struct app *app = arg;
    app_note(app, "complete");
    app_row(app, APP_COMPLETE, &x->name, app_number(app, x));
}

static inline void app_on_drained(struct http_exchange *x, void *arg)
{
    struct app *app = arg;
    app_note(app, "drained");
    app->drains++;
    app_row(app, APP_DRAINED, &x->name, app_number(app, x));
}

static inline void app_on_resumed(struct http_conn *conn, void *arg)
{
    (void)conn;
    app_note(arg, "resumed");
}

static inline void app_on_eof(struct http_conn *conn, void *arg)
{
    (void)conn;
    app_note(arg, "eof");
}

static inline void app_on_timeout(struct http_conn *conn, void *arg)
{
    struct app *app = arg;
    (void)conn;
    app_note(app, "timeout");
    app->timeouts++;
}

static inline void app_on_delivered(void *arg)
{
    (void)arg;
}

static inline void app_on_closed(struct http_conn *conn, bool had_error,
                                 void *arg)
{
    struct app *app = arg;
    app_note(app, had_error ? "closed with error" : "closed");
    app->closes++;
    app->errors += had_error;
    if (app->conn == conn)
        app->conn = NULL;
}

static inline void app_on_server_closed(struct http_server *server, void *arg)
{
    struct app *app = arg;
    CHECK_TRUE(server == &app->server);
    app->server_closes++;
}

static const struct http_ops app_ops = {
    .has_room = app_has_room,
    .connection = app_on_connection,
    .request = app_on_request,
    .content = app_on_content,
    .complete = app_on_complete,
    .drained = app_on_drained,
    .resumed = app_on_resumed,
    .eof = app_on_eof,
    .timeout = app_on_timeout,
    .delivered = app_on_delivered,
    .closed = app_on_closed,
    .server_closed = app_on_server_closed,
};

/* ---- Acting -------------------------------------------------------------------- */

static inline void app_take_content(struct app *app, struct http_exchange *x)
{
    const struct piece *piece = http_content_first(x);
    CHECK(piece != NULL && piece->length > 0);
    app->content_length += piece->length;
    app->content_sum = checksum(app->content_sum, piece->bytes,
                                piece->length);
    if (app->content.length < 100000)
        text_add(&app->content, piece->bytes, piece->length);
    http_content_drop(x);
}

static inline void app_act_on_exchange(struct app *app,
                                       const struct app_row *row)
{
    struct http_exchange *x =
        http_exchange_find(&app->http, row->place, row->generation);
    if (x == NULL)
        return;
    if (row->kind == APP_REQUEST && app->on_request != NULL)
        app->on_request(app, x, row->number);
    if (row->kind == APP_CONTENT) {
        app_take_content(app, x);
        x = http_exchange_find(&app->http, row->place, row->generation);
        if (app->on_content != NULL && x != NULL)
            app->on_content(app, x);
    }
    if (row->kind == APP_COMPLETE && app->on_complete != NULL)
        app->on_complete(app, x, row->number);
    if (row->kind == APP_DRAINED && app->on_drained != NULL)
        app->on_drained(app, x);
}

static inline void app_act(struct app *app, const struct app_row *row)
{
    if (row->kind != APP_CONNECTION) {
        app_act_on_exchange(app, row);
        return;
    }
    struct http_conn *conn =
        http_conn_find(&app->http, row->place, row->generation);
    if (conn != NULL && app->timeout_ms > 0)
        tcp_set_timeout(&conn->tcp, app->timeout_ms);
    if (conn != NULL && app->on_connection != NULL)
        app->on_connection(app, conn);
}

static inline void app_run(struct task *task, struct shard *here)
{
    struct app *app = CONTAINER_OF(task, struct app, batch);
    (void)here;
    for (unsigned i = 0; i < app->row_count; i++)
        app_act(app, &app->rows[i]);
    app->row_count = 0;
}

/* ---- Opening and closing -------------------------------------------------------- */

static inline void app_open(struct app *app)
{
    struct addr addr;
    memset(app, 0, sizeof *app);
    stage_open(&app->stage);
    app->batch.run = app_run;
    http_init(&app->http, &app->stage.shard, &app->stage.bytes, &app_ops, app);
    CHECK_EQ(http_listen(&app->server, &app->http, 7, "127.0.0.1", 0, 128),
             0);
    listener_addr(&app->server.listener, &addr);
    app->port = addr_port(&addr);
}

/* Whatever still lives is closed. */
static inline void app_close(struct app *app)
{
    struct stage *stage = &app->stage;
    app->has_no_room = false;
    http_server_close(&app->server);
    http_close_all(&app->http);
    TURN_UNTIL(stage, app->server_closes > 0 &&
               app->closes == app->connections);
    stage_turns(stage, 2);
    CHECK_EQ(app->server_closes, 1);
    CHECK_EQ(app->http.conns.used, 0);
    CHECK_EQ(app->http.exchanges.used, 0);
    http_fini(&app->http);
    text_free(&app->events);
    text_free(&app->content);
    stage_close(stage);
}

static inline void app_connect(struct app *app, struct peer *peer)
{
    peer_init(peer, connect_to(app->port));
}

/* ---- Answering ------------------------------------------------------------------ */

struct app_reply {
    struct http_reply http; /* first */
    const char *head;
    const char *content;
};

static inline void app_write_head(const struct http_reply *http, char *out)
{
    memcpy(out, ((const struct app_reply *)http)->head, http->head_size);
}

static inline void app_write_content(const struct http_reply *http, char *out)
{
    memcpy(out, ((const struct app_reply *)http)->content, http->content_size);
}

/* What src/lib/http.js finds out about a head. */
static inline unsigned app_flags(const char *head, uint64_t *length)
{
    unsigned flags = HTTP_HEAD;
    int status = atoi(head + strlen("HTTP/1.1 "));
    const char *field;
    if (status < 200 || status == 204 || status == 304)
        flags |= HTTP_NO_CONTENT;
    if ((field = strcasestr(head, "\nConnection:")) != NULL) {
        flags |= HTTP_HAS_CONNECTION;
        if (strncasecmp(field, "\nConnection: close", 18) == 0)
            flags |= HTTP_CLOSE;
    }
    if ((field = strcasestr(head, "\nTransfer-Encoding:")) != NULL) {
        flags |= HTTP_HAS_ENCODING;
        if (strncasecmp(field, "\nTransfer-Encoding: chunked", 27) == 0)
            flags |= HTTP_CHUNKED;
    }
    if ((field = strcasestr(head, "\nContent-Length:")) != NULL) {
        flags |= HTTP_HAS_LENGTH;
        *length = strtoull(field + strlen("\nContent-Length:"), NULL, 10);
    }
    if (strcasestr(head, "\nDate:") != NULL)
        flags |= HTTP_HAS_DATE;
    return flags;
}

/* `head` or `content` NULL: without. */
static inline int respond_bytes(struct http_exchange *x, unsigned flags,
                                const char *head, const char *content,
                                size_t content_length)
{
    struct app_reply reply = {
        .http = { .flags = flags,
                  .content_size = content_length,
                  .write_head = app_write_head,
                  .write_content = app_write_content },
        .head = head,
        .content = content,
    };
    if (head != NULL) {
        reply.http.flags |= app_flags(head, &reply.http.length);
        reply.http.head_size = strlen(head);
    }
    return http_respond(x, &reply.http);
}

static inline int respond(struct http_exchange *x, unsigned flags,
                          const char *head, const char *content)
{
    return respond_bytes(x, flags, head, content,
                         content == NULL ? 0 : strlen(content));
}

#define OK "HTTP/1.1 200 OK\r\n"

/* NULL: it is gone. */
static inline struct http_exchange *app_exchange(struct app *app,
                                                 unsigned number)
{
    CHECK(number < app->request_count);
    return http_exchange_find(&app->http, app->requests[number].place,
                              app->requests[number].generation);
}

/* The request of this number, from 0, in the order in which they came. */
static inline int app_answer(struct app *app, unsigned number, unsigned flags,
                             const char *head, const char *content)
{
    struct http_exchange *x = app_exchange(app, number);
    return x == NULL ? -ENOENT : respond(x, flags, head, content);
}

static inline void finish_with_target(struct app *app, struct http_exchange *x,
                                      unsigned number)
{
    respond(x, HTTP_FINISH, OK, app->requests[number].target);
}

/* ---- What the client gets --------------------------------------------------------- */

/* In place of every date; it is checked to be today's. */
#define DATE "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
#define KEEP "Connection: keep-alive\r\n"
#define CLOSE "Connection: close\r\n"
#define CHUNKED "Transfer-Encoding: chunked\r\n"

/* What finish_with_target() sends. */
#define TARGET(length, target)                                             \
    OK DATE KEEP "Content-Length: " length "\r\n\r\n" target

static inline void hide_dates(struct text *text)
{
    static const char format[] = "\nDate: %a, %d %b %Y %H:%M:%S GMT\r\n";
    char *at = text->bytes;
    while (at != NULL && (at = strstr(at, "\nDate: ")) != NULL) {
        struct tm tm = { 0 };
        const char *end = strptime(at, format, &tm);
        if (end != NULL && end - at == sizeof DATE && tm.tm_year > 70) {
            double apart = difftime(timegm(&tm), time(NULL));
            CHECK_TRUE(apart < 60 && apart > -60);
            memcpy(at + 1, DATE, sizeof DATE - 1);
        }
        at++;
    }
}

#define CHECK_ANSWER(app, peer, expected)                                  \
    do {                                                                   \
        TURN_UNTIL(&(app)->stage, peer_has(peer, strlen(expected)));       \
        stage_turns(&(app)->stage, 4);                                     \
        peer_read(peer, SIZE_MAX);                                         \
        hide_dates(&(peer)->got);                                          \
        CHECK_BYTES(&(peer)->got, expected);                               \
    } while (0)

#define CHECK_EVENTS(app, expected)                                        \
    do {                                                                   \
        TURN_UNTIL(&(app)->stage,                                          \
                   (app)->events.length >= strlen(expected));              \
        stage_turns(&(app)->stage, 4);                                     \
        CHECK_BYTES(&(app)->events, expected);                             \
    } while (0)

#endif
