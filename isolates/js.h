// SPDX-License-Identifier: MIT
#ifndef ISOLATES_JS_H
#define ISOLATES_JS_H

#include "isolates/include/node/node_js.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * js: the JavaScript engine, as C sees it.  Nothing above this header knows of
 * V8 or C++; nothing below it knows of loops, sockets or shards.  Values, and
 * what may be done with them, are in node_js.h, which extensions see too; the
 * rest of the engine is here.
 *
 * Entering.    Script runs in a shard's turn, never in a loop's callback, and
 *              is entered by js_enter() alone.  V8 runs no microtask inside
 *              another, so a nested turn entered from one could wait for ever:
 *              ask js_may_wait() before starting it.
 */

/* What is read so often that natives do it without a call.  A small integer is
 * the word in its slot: 32 bits of value over 32 of zero. */
static inline bool js_is_small(js_value value)
{
    return (*(const uintptr_t *)value.slot & 1) == 0;
}

static inline int32_t js_to_integer_inline(js_value value)
{
    if (js_is_small(value))
        return (int32_t)(*(const intptr_t *)value.slot >> 32);
    return (js_to_integer)(value);
}
#define js_to_integer(value) js_to_integer_inline(value)

/* V8's own record of the call. */
struct js_args {
    uintptr_t *implicit; /* isolate, context, function ... */
    uintptr_t *values;
    intptr_t count;
};

static inline int js_argc_inline(const struct js_args *args)
{
    return (int)args->count;
}
#define js_argc(args) js_argc_inline(args)

static inline js_value js_arg_inline(const struct js_args *args, int index)
{
    if (index < args->count) {
        js_value value = { (uintptr_t)(args->values + index) };
        return value;
    }
    return (js_arg)(args, index);
}
#define js_arg(args, index) js_arg_inline(args, index)

/* ---- The process -------------------------------------------------------- */

/* What a floor above offers to the built-in JavaScript, as a table of tables:
 * native.<module>.<function>.  A table ends in { NULL }.  The snapshot names
 * natives by their place in these tables, so the tool that makes it and the
 * program that uses it are built from the same ones. */
struct js_module {
    const char *name;
    const struct js_function *functions;
};

/* One file of built-in JavaScript.  It is the body of a function
 * (node, native, internal); all see the same three objects.  `internal` is
 * for what C calls: see js_internal(). */
struct js_source {
    const char *name; /* in stack traces */
    const char *text;
    size_t length;
};

struct js_snapshot {
    const char *data;
    size_t length;
};

/* V8's own flags ("--max-old-space-size=100"), before js_start().  Returns
 * false when V8 does not know it.  js_flags_print() lists them on stdout. */
bool js_flag(const char *flag);
void js_flags_print(void);

const char *js_version(void); /* V8's */

/* Start the engine for the process, once, before any js_open(); `workers`
 * threads compile and collect in the background.  The tables and the snapshot
 * stay the caller's and must outlive the engine.  Without a snapshot (data
 * NULL) each js_open() compiles and runs `sources` (ending in { NULL })
 * instead: for measuring what the snapshot gives.
 * js_stop() only when every isolate is closed. */
void js_start(unsigned workers, const struct js_module *modules,
              struct js_snapshot snapshot, const struct js_source *sources);
void js_stop(void);

/* Run the sources (ending in { NULL }) in a fresh context and freeze the
 * result; the caller frees the data.  Instead of js_start() in a process of its
 * own.  Natives exist, but may not be called while the sources run.  On an
 * exception prints it to stderr and returns false. */
bool js_snapshot_make(const struct js_module *modules,
                      const struct js_source *sources,
                      struct js_snapshot *out);

/* ---- An isolate --------------------------------------------------------- */

/* What the engine asks of its host. */
struct js_host {
    /* An exception left the outermost JavaScript frame of a js_enter(), or a
     * promise was rejected and nobody handled it by the end of the microtask
     * checkpoint.  `report` is complete text for stderr: file:line, the source
     * line, a caret line, the stack (or the thrown value), ending in a newline.
     * Only C runs from here. */
    void (*uncaught)(struct js *js, const char *report, size_t length);

    /* From any thread: engine work is waiting; call js_pump() soon.  At most
     * once between two pumps.  Must not block nor call back in here. */
    void (*wake)(struct js *js);

    void *arg; /* js_host_arg() */
};

/* Open an isolate on the calling thread, its stack limit set from that
 * thread's stack.  `host` is copied.  Returns 0 or a negative errno. */
int js_open(struct js **out, const struct js_host *host);
void js_close(struct js *js); /* frees native objects; runs no script */
/* Native objects are in use, and stay so: js_close() shall not free them. */
void js_leave_natives(struct js *js);
void *js_host_arg(const struct js *js);

/* The `internal` object of the built-in JavaScript: get what C is to call. */
js_value js_internal(struct js *js);

/* Run the engine's own tasks that are due (WebAssembly, Atomics.waitAsync,
 * finalizers), microtasks after each.  Returns the milliseconds after which to
 * call it again, or -1: not before wake(). */
int64_t js_pump(struct js *js);

/* Does the engine do something in the background whose end runs script (an
 * asynchronous compilation, an Atomics.waitAsync with a timeout)?  A shard with
 * nothing else to do must not end while it does; wake() comes at its end.  A
 * wait that is notified early counts until its timeout all the same. */
bool js_is_busy(struct js *js);

/* May a nested turn run here?  Not inside a microtask. */
bool js_may_wait(const struct js *js);

/* From any thread: JavaScript that runs stops at its next loop or call, and
 * unwinds to its js_enter(), which returns JS_NONE without a report.  Once it
 * is called, js_enter() returns JS_NONE at once until js_resume(). */
void js_terminate(struct js *js);
/* Drops the microtasks and rejections that the terminated turn left.  Each
 * js_terminate() of another thread has returned: the caller sees to that. */
void js_resume(struct js *js);
/* In a native: terminate, so that no further statement of the caller runs when
 * the native returns JS_NONE now. */
js_value js_unwind(struct js *js);

/* Bytes of heap in use and committed. */
void js_heap(struct js *js, size_t *used, size_t *committed);
void js_collect(struct js *js); /* a full garbage collection, for tests */

/* ---- Memory ------------------------------------------------------------- */

/* An Int32Array over memory of the caller, who keeps it until js_close(). */
js_value js_int32_window(struct js *js, int32_t *memory, size_t count);

/* Memory of the caller, zeroed or not, as a SharedArrayBuffer; the caller keeps
 * it until the last isolate that saw it is closed.  Wherever it is made, it is
 * the same memory for Atomics. */
js_value js_shared_window(struct js *js, void *memory, size_t length);

/* ---- Clones ------------------------------------------------------------- */

/* A value written down for other isolates, as structured clone has it (HTML,
 * 2.7 "Safe passing of structured data"): objects, arrays, Map, Set, Date,
 * RegExp, Error, BigInt, buffers and their views, cycles; SharedArrayBuffers
 * are not copied but shared.
 *
 * Counted: js_clone_new() returns one reference.  It does not change any more,
 * so js_clone_read() may run on several threads at once; js_clone_ref() and
 * js_clone_unref() run on any thread, while the engine is started. */
struct js_clone;

/* `moved` is an array of ArrayBuffers, or undefined: their memory goes with the
 * clone, which may then be read once only, and they are detached here.  NULL:
 * threw, and nothing was moved; what is not clonable throws an error whose name
 * is "DataCloneError". */
struct js_clone *js_clone_new(struct js *js, js_value value, js_value moved);
struct js_clone *js_clone_ref(struct js_clone *clone);
void js_clone_unref(struct js_clone *clone);
js_value js_clone_read(struct js *js, const struct js_clone *clone);

/* The bytes of a clone that is no more than bytes, the clone's own, to be kept
 * elsewhere and read by js_clone_read_bytes().  False: it holds memory too. */
bool js_clone_bytes(const struct js_clone *clone, const char **bytes,
                    size_t *length);
js_value js_clone_read_bytes(struct js *js, const char *bytes, size_t length);

/* Of an Error structured clone keeps name, message, stack and cause, and drops
 * what else it owns.  False: there is no Error in it. */
bool js_clone_may_hold_error(const struct js_clone *clone);

/* Objects that inherit from `prototype` are not clonable. */
void js_clone_forbid(struct js *js, js_value prototype);

/* ---- Scripts ------------------------------------------------------------ */

/* The one way in, from the bottom of a turn: call `function`, then run the
 * microtasks.  An exception goes to host.uncaught() and JS_NONE comes back. */
js_value js_enter(struct js *js, js_value function, js_value self, int argc,
                  const js_value *argv);

/* Compile `source` as the body of function (parameters...) so that lines and
 * columns are those of the file; a first line "#!" is skipped.  Throws a
 * SyntaxError that carries its position to the report. */
js_value js_compile_function(struct js *js, js_value source,
                             const char *filename, int count,
                             const char *const *parameters);
/* Compile and run a script in the global scope; its completion value. */
js_value js_run_script(struct js *js, js_value source, const char *filename);

#ifdef __cplusplus
}
#endif

#endif
