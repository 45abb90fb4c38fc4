// SPDX-License-Identifier: MIT
#include "net/http_conn.h"
#include "net/tcp_conn.h"
#include "sched/check.h"
#include "src/bindings.h"

#include <errno.h>
#include <stdlib.h>

/*
 * bind_server: what listens, for src/lib/tcp.js and http.js.  JavaScript names a
 * server by a number of its own; one that is closed finds nothing.
 */
enum kind {
    KIND_TCP,
    KIND_HTTP
};

struct server {
    struct server *next;
    uint32_t id;
    enum kind kind;
    union {
        struct tcp_server tcp;
        struct http_server http;
    };
};

static struct listener *listener_of(struct server *server)
{
    return server->kind == KIND_TCP ? &server->tcp.listener
                                    : &server->http.listener;
}

static struct server **find(struct program *program, uint32_t id)
{
    struct server **at = &program->servers;
    while (*at != NULL && (*at)->id != id)
        at = &(*at)->next;
    return at;
}

static struct server *server_arg(struct js *js, const struct js_args *args)
{
    return *find(program_of(js), (uint32_t)js_to_integer(js_arg(args, 0)));
}

static int server_listen(struct program *program, struct server *server,
                         const char *host, uint16_t port, int backlog)
{
    if (server->kind == KIND_TCP)
        return tcp_server_listen(&server->tcp, bind_tcp_conns(program),
                                 server->id, host, port, backlog);
    return http_listen(&server->http, bind_http_server(program), server->id,
                       host, port, backlog);
}

static js_value listen_failed(struct js *js, int error, const char *host,
                              int32_t port)
{
    const char *shown = host == NULL ? "0.0.0.0" : host;
    if (error == -ENOENT)
        return js_throw_errno(js, error, "listen on %s:%d: no such host",
                              shown, port);
    return js_throw_errno(js, error, "listen on %s:%d", shown, port);
}

/* listen(server, kind, port, host, backlog): throws when it cannot. */
static js_value bind_listen(struct js *js, const struct js_args *args)
{
    struct program *program = program_of(js);
    int32_t port = js_to_integer(js_arg(args, 2));
    char *host = NULL;
    if (js_is_string(js_arg(args, 3)))
        host = js_copy_utf8(js, js_arg(args, 3), NULL);
    struct server *server = xcalloc(1, sizeof *server);
    server->id = (uint32_t)js_to_integer(js_arg(args, 0));
    server->kind = (enum kind)js_to_integer(js_arg(args, 1));
    int error = server_listen(program, server, host, (uint16_t)port,
                              js_to_integer(js_arg(args, 4)));
    if (error < 0) {
        free(server);
        listen_failed(js, error, host, port);
        free(host);
        return JS_NONE;
    }
    free(host);
    server->next = program->servers;
    program->servers = server;
    return js_undefined(js);
}

static js_value bind_close(struct js *js, const struct js_args *args)
{
    struct server *server = server_arg(js, args);
    if (server != NULL)
        listener_close(listener_of(server));
    return js_undefined(js);
}

/* port(server): the real one, when 0 was asked for. */
static js_value bind_port(struct js *js, const struct js_args *args)
{
    struct server *server = server_arg(js, args);
    if (server == NULL || listener_of(server)->closing)
        return js_undefined(js);
    struct addr addr;
    listener_addr(listener_of(server), &addr);
    return js_integer(js, addr_port(&addr));
}

const struct js_function server_table[] = {
    { "listen", bind_listen },
    { "close", bind_close },
    { "port", bind_port },
    { NULL, NULL },
};

void bind_server_closed(struct program *program, uint32_t id)
{
    struct server **at = find(program, id);
    struct server *server = *at;
    *at = server->next;
    free(server);
    rows_add(&program->rows, ROW_SERVER_CLOSE)[1] = (int32_t)id;
}

static struct task *closed_task(struct server *server)
{
    return server->kind == KIND_TCP ? &server->tcp.closed
                                    : &server->http.closed;
}

int bind_server_open(struct program *program)
{
    program->servers = NULL;
    return 0;
}

void bind_server_close(struct program *program)
{
    struct shard *shard = program->shard;

    for (struct server *s = program->servers; s != NULL; s = s->next)
        listener_close(listener_of(s));
    uv_run(&shard->loop, UV_RUN_NOWAIT); /* their close callbacks */
    while (program->servers != NULL) {
        struct server *server = program->servers;
        program->servers = server->next;
        ready_remove(&shard->ready, closed_task(server));
        free(server);
    }
}
