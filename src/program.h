// SPDX-License-Identifier: MIT
#ifndef SRC_PROGRAM_H
#define SRC_PROGRAM_H

#include "isolates/js.h"
#include "net/bytes.h"
#include "sched/crew.h"
#include "sched/shard.h"
#include "src/rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bind_child;
struct bind_dns;
struct bind_extension;
struct bind_http;
struct bind_shard;
struct bind_stdio;
struct bind_tcp;
struct bind_timer;
struct dns;
struct node_port;
struct server;
struct options;

/*
 * program: one shard's copy of the running program: its isolate, and what the
 * native modules keep for it.  js_host_arg() of the isolate is the program,
 * shard->program too.
 *
 * A native module that has state per shard is bind_<module>.c with
 * bind_<module>_open() and bind_<module>_close(); program.c calls them.  open
 * comes before the program's first JavaScript, close after its last; uv handles
 * are closed there, see struct crew_program.
 *
 * JavaScript of a program that failed or called node.exit() runs no more: its
 * isolate stays terminated, so that js_enter() returns JS_NONE at once.
 */
struct program {
    struct shard *shard;
    struct js *js;
    const struct options *options;
    const struct programs *programs;
    struct signal engine; /* raised by the engine's wake() */
    struct signal input;  /* raised by the reader of stdin */
    struct signal posts;  /* raised by threads of extensions */
    struct timer pump;    /* for the engine's delayed tasks */
    struct task start;    /* runs the main script */
    struct bind_timer *timers;
    struct dns *dns; /* for all that needs an address */
    struct bind_dns *resolver;
    struct bind_extension *extensions;
    struct node_port *port;
    struct bind_http *http;
    struct bind_shard *messages;
    struct bind_child *children;
    struct bind_stdio *stdio;
    struct bind_tcp *tcp;
    struct server *servers;
    struct bytes bytes; /* what connections read and write */
    struct rows rows;
    bool busy;   /* holds the shard: the engine works in the background */
    bool failed; /* an exception was reported: run nothing more */
    bool exited; /* node.exit() was called here: run nothing more */
};

static inline struct program *program_of(struct js *js)
{
    return js_host_arg(js);
}

/* Call internal.<name>(argv...) by js_enter(), in a scope of its own. */
void program_call(struct program *program, const char *name, int argc,
                  const js_value *argv);

/* JavaScript ran: it may have started what the engine does in the background
 * (WebAssembly.compile) and what must keep the shard alive.  program_call()
 * does it by itself; who calls js_enter() does it once after it. */
void program_settle(struct program *program);

/* node.exit(), its listeners having run: end the process with `status`. */
js_value program_exit(struct program *program, int status);

/* The programs of a crew, one a shard. */
struct programs {
    const struct options *options;
    uint64_t started; /* ns of uv_hrtime() */
    struct program *list;
    /* How many messages of each sender a receiver has delivered: a row a
     * receiver, which it alone writes, on cache lines of its own. */
    uint32_t *delivered;
    size_t delivered_stride;
};

void programs_open(struct programs *programs, const struct options *options,
                   unsigned count);
void programs_close(struct programs *programs); /* no shard is left */

/* What crew_run() is given; arg is the struct programs. */
extern const struct crew_program program_class;

#endif
