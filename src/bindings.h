// SPDX-License-Identifier: MIT
#ifndef SRC_BINDINGS_H
#define SRC_BINDINGS_H

#include "isolates/js.h"
#include "src/program.h"

/*
 * bindings: every native module's table of functions, and the one list of
 * them: native.<module>.<function> in src/lib.
 */
extern const struct js_module bindings[]; /* ends in { NULL } */

extern const struct js_function child_table[];
extern const struct js_function dns_table[];
extern const struct js_function extension_table[];
extern const struct js_function fs_table[];
extern const struct js_function http_table[];
extern const struct js_function module_table[];
extern const struct js_function output_table[];
extern const struct js_function process_table[];
extern const struct js_function promise_table[];
extern const struct js_function server_table[];
extern const struct js_function shard_table[];
extern const struct js_function stdio_table[];
extern const struct js_function tcp_table[];
extern const struct js_function timer_table[];

int bind_child_open(struct program *program);
void bind_child_close(struct program *program);

/* p->dns comes before whatever connects, and goes after it. */
int bind_dns_open(struct program *program);
void bind_dns_close(struct program *program);

int bind_extension_open(struct program *program);
void bind_extension_close(struct program *program);
/* Call C of an extension's, run(js, arg), like a native: from the bottom of a
 * turn.  False: it was not called, for no script runs here any more. */
bool bind_extension_enter(struct program *program,
                          void (*run)(struct js *js, void *arg), void *arg);

int bind_http_open(struct program *program);
void bind_http_close(struct program *program);
struct http *bind_http_server(struct program *program);

int bind_server_open(struct program *program);
void bind_server_close(struct program *program);
/* A server was told that it is closed: tell JavaScript. */
void bind_server_closed(struct program *program, uint32_t id);

int bind_shard_open(struct program *program);
void bind_shard_close(struct program *program);

int bind_tcp_open(struct program *program);
void bind_tcp_close(struct program *program);
struct tcp_conns *bind_tcp_conns(struct program *program);

int bind_stdio_open(struct program *program);
void bind_stdio_close(struct program *program);

int bind_timer_open(struct program *program);
void bind_timer_close(struct program *program);

#endif
