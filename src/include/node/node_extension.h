// SPDX-License-Identifier: MIT
#ifndef NODE_EXTENSION_H
#define NODE_EXTENSION_H

#include "node_js.h"

/*
 * node_extension: how to extend node in C.  (In C++ too; and node.h offers the
 * classes that node's manual of 2009 speaks of.)
 *
 *     #include <node_extension.h>
 *
 *     static js_value add(struct js *js, const struct js_args *args)
 *     {
 *         return js_number(js, js_to_number(js_arg(args, 0)) +
 *                              js_to_number(js_arg(args, 1)));
 *     }
 *
 *     static const struct js_function functions[] = {
 *         { "add", add },
 *         { NULL, NULL },
 *     };
 *
 *     int node_extension_init(struct js *js, js_value target)
 *     {
 *         return js_install(js, target, functions, NULL) ? 0 : -1;
 *     }
 *
 *     cc `node --cflags` -shared -o sum.node sum.c
 *     node:  require("./sum.node").add(1, 2)
 *
 * It is linked to nothing: all that is declared here, node has.
 *
 * Shards.   Each shard loads a copy of its own, so static variables are the
 *           shard's, and its thread alone uses them.  Libraries that the
 *           extension is linked to are there once, for all shards.  A copy
 *           stays loaded until the process ends.
 * Threads.  A `struct js` is its shard's.  From other threads call only what
 *           says "any thread": they hand work to the shard by node_port_post().
 * Entering. A function of yours that is given a `struct js` runs like a native:
 *           in a scope, with nobody else on the shard.  It may call script, and
 *           what it leaves thrown is caught by whoever called, or ends the
 *           process as an uncaught exception.  It must not let a C++ exception
 *           out: C cannot be unwound.
 * The end.  When the shard closes (nothing left to do, node.exit(), an uncaught
 *           exception) no script runs any more.  What was given to
 *           node_work_start(), to closures and js_wrap(), and to
 *           node_port_post(), and has not come back, is handed to the functions
 *           that were named for it, in this order, on the shard's thread.  They
 *           free: of js_ functions they may call js_ref_free() and
 *           js_pin_free().  So work may use a native object that is kept alive
 *           until done(); a thread of your own may use one until the function
 *           that frees it has joined or told that thread.  Work that does not
 *           end within 0.1 seconds is left where it is, with all native
 *           objects: the process ends.
 */
#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header and node_js.h: raised when what was compiled
 * against the older ones would go wrong.  Node refuses what has another. */
#define NODE_EXTENSION_VERSION 1

#ifndef NODE_EXTENSION_HOST
extern const uint32_t node_extension_version
    __attribute__((weak, visibility("default")));
const uint32_t node_extension_version = NODE_EXTENSION_VERSION;
#endif

#pragma GCC visibility push(default)

/* What you write: fill `target`, the exports.  Called once when the shard
 * loads the extension.  Returns 0; else require() throws what was thrown, or an
 * Error with the number that was returned. */
int node_extension_init(struct js *js, js_value target);

/* What node.h returns when there is no init(). */
enum {
    NODE_EXTENSION_NO_INIT = 0x6e6f
};

/* ---- Promises ------------------------------------------------------------ */

/* A new node.Promise: what functions of node return whose result comes later,
 * with addCallback(), addErrback(), wait(), and good for `await`.  Keep it in a
 * js_ref until then.  JS_NONE: threw. */
js_value node_promise(struct js *js);

/* Complete it with these values: "success" or "error".  A second time nothing
 * happens.  False: a listener threw; return. */
bool node_promise_succeed(struct js *js, js_value promise, int argc,
                          const js_value *argv);
bool node_promise_fail(struct js *js, js_value promise, int argc,
                       const js_value *argv);

/* ---- Work that blocks ---------------------------------------------------- */

/* One of done() and discard() is called, once; neither within
 * node_work_start().  The struct stays the caller's (make it static const). */
struct node_work {
    void (*run)(void *arg); /* on a thread of the pool, where it may block */
    void (*done)(struct js *js, void *arg); /* then on the shard */
    void (*discard)(void *arg); /* instead of done(): the shard closes, and
                                   run() may not have run; NULL: nothing */
};

/* Run work->run(arg) on the pool of threads that all shards share (as many as
 * the cores, at least four).  The process lives until it is done;
 * but what "exit" listeners start is only discarded. */
void node_work_start(struct js *js, const struct node_work *work, void *arg);

/* ---- From other threads -------------------------------------------------- */

/* A way into a shard, for threads of your own.  While one is open the process
 * lives.  Each node_port_open() wants one node_port_close(), after which, on
 * whatever thread, that opener's threads do not use it any more. */
struct node_port;

struct node_port *node_port_open(struct js *js);

/* Any thread.  Have run(js, arg) called on the shard, after what this thread
 * posted before.  If the shard closes first, discard(arg) instead (NULL:
 * nothing).  False: it has closed already, and its isolate; then neither is
 * called, `arg` stays the caller's, who may free what is his of that isolate,
 * and all that is left to do is to close the port.  Who posts
 * faster than the shard delivers fills the memory. */
bool node_port_post(struct node_port *port,
                    void (*run)(struct js *js, void *arg),
                    void (*discard)(void *arg), void *arg);

/* Any thread, also long after the shard has closed.  What was posted before is
 * still delivered, and until then the process lives. */
void node_port_close(struct node_port *port);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
