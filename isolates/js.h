// SPDX-License-Identifier: MIT
#ifndef ISOLATES_JS_H
#define ISOLATES_JS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * js: the JavaScript engine, as C sees it.  Nothing above this header knows of
 * V8 or C++; nothing below it knows of loops, sockets or shards.
 *
 * Threads.     A `struct js` is opened, used and closed on one thread, except
 *              where a function says otherwise.
 * Values.      A js_value is one word naming a slot of the innermost js_scope;
 *              it dies with that scope.  Keep it longer in a js_ref.  In a
 *              native, a scope is open already.
 * Exceptions.  What may throw returns JS_NONE, false, NULL or -1 when it did:
 *              hand that up at once, making no further js_ call.  A native
 *              hands it up by returning JS_NONE.
 * Entering.    Script runs in a shard's turn, never in a loop's callback, and
 *              is entered by js_enter() alone.  V8 runs no microtask inside
 *              another, so a nested turn entered from one could wait for ever:
 *              ask js_may_wait() before starting it.
 */
struct js;      /* one isolate and its context */
struct js_ref;  /* a value kept across turns */
struct js_args; /* a native call's arguments */

typedef struct {
    uintptr_t slot;
} js_value;

#define JS_NONE ((js_value){ 0 })

static inline bool js_is_none(js_value value)
{
    return value.slot == 0;
}

/* A small integer is the word in its slot: 32 bits of value over 32 of zero.
 * Known here so that natives read their arguments without a call. */
static inline bool js_is_small(js_value value)
{
    return (*(const uintptr_t *)value.slot & 1) == 0;
}

/* ---- The process -------------------------------------------------------- */

/* A native function.  Returns its result, or JS_NONE having thrown. */
typedef js_value js_native(struct js *js, const struct js_args *args);

/* What a floor above offers to the built-in JavaScript, as a table of tables:
 * native.<module>.<function>.  A table ends in { NULL }.  The snapshot names
 * natives by their place in these tables, so the tool that makes it and the
 * program that uses it are built from the same ones. */
struct js_function {
    const char *name;
    js_native *call;
};

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
void js_close(struct js *js); /* runs no script */
void *js_host_arg(const struct js *js);

/* The `internal` object of the built-in JavaScript: get what C is to call. */
js_value js_internal(struct js *js);
js_value js_global(struct js *js);

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
/* Drops the microtasks and rejections that the terminated turn left. */
void js_resume(struct js *js);
/* In a native: terminate, so that no further statement of the caller runs when
 * the native returns JS_NONE now. */
js_value js_unwind(struct js *js);

/* Bytes of heap in use and committed. */
void js_heap(struct js *js, size_t *used, size_t *committed);
void js_collect(struct js *js); /* a full garbage collection, for tests */

/* ---- Scopes and references ---------------------------------------------- */

/* Scopes nest like C blocks and live on the C stack: opening one allocates
 * nothing. */
struct js_scope {
    uintptr_t opaque[4];
};
void js_scope_open(struct js *js, struct js_scope *scope);
void js_scope_close(struct js_scope *scope);

struct js_ref *js_ref_new(struct js *js, js_value value);
js_value js_ref_get(struct js *js, const struct js_ref *ref);
void js_ref_free(struct js_ref *ref);

/* ---- Values ------------------------------------------------------------- */

js_value js_undefined(struct js *js);
js_value js_null(struct js *js);
js_value js_boolean(struct js *js, bool value);
js_value js_integer(struct js *js, int32_t value);
js_value js_number(struct js *js, double value);

bool js_is_undefined(js_value value);
bool js_is_null(js_value value);
bool js_is_boolean(js_value value);
bool js_is_integer(js_value value); /* a number with an int32 value */
bool js_is_number(js_value value);
bool js_is_string(js_value value);
bool js_is_function(js_value value);
bool js_is_object(js_value value); /* functions and arrays too */
bool js_is_array(js_value value);

bool js_to_boolean(struct js *js, js_value value); /* never throws */
int32_t js_to_integer_slowly(js_value value);
double js_to_number(js_value value); /* NaN unless js_is_number() */

/* 0 unless js_is_integer(). */
static inline int32_t js_to_integer(js_value value)
{
    if (js_is_small(value))
        return (int32_t)(*(const intptr_t *)value.slot >> 32);
    return js_to_integer_slowly(value);
}

/* Strings.  Data is copied; lengths are in bytes when they name bytes, in
 * 16-bit code units when they name a string's length.  Too long: throws. */
js_value js_string(struct js *js, const char *utf8, size_t length);
js_value js_string_latin1(struct js *js, const char *bytes, size_t length);
/* For names and constants: made once by V8 and compared by address. */
js_value js_symbol_string(struct js *js, const char *ascii);

size_t js_string_length(js_value string); /* of a string only, like the rest */
bool js_string_is_one_byte(js_value string); /* no code unit above 0xFF */
size_t js_string_utf8_length(struct js *js, js_value string);
/* Write the low byte of each code unit; `length` of them from `start`. */
void js_string_write_latin1(struct js *js, js_value string, size_t start,
                            size_t length, char *out);
/* Write at most `capacity` bytes of UTF-8, whole characters; lone surrogates
 * become U+FFFD.  Returns the bytes written.  No NUL is added. */
size_t js_string_write_utf8(struct js *js, js_value string, char *out,
                            size_t capacity);
/* Any value as a NUL-terminated UTF-8 copy; the caller frees it.  Converts with
 * toString(): may throw (NULL).  `length` may be NULL. */
char *js_copy_utf8(struct js *js, js_value value, size_t *length);

/* Objects. */
js_value js_object(struct js *js);
js_value js_array(struct js *js, const js_value *values, size_t count);
uint32_t js_array_length(js_value array);
js_value js_get(struct js *js, js_value object, const char *name);
js_value js_get_index(struct js *js, js_value object, uint32_t index);
bool js_set(struct js *js, js_value object, const char *name, js_value value);
bool js_set_key(struct js *js, js_value object, js_value key, js_value value);
bool js_set_index(struct js *js, js_value object, uint32_t index,
                  js_value value);

/* Bytes.  js_bytes(): what a typed array, DataView, ArrayBuffer or
 * SharedArrayBuffer holds, without a copy; valid until script runs or the scope
 * closes.  False, without an exception, for anything else. */
bool js_bytes(js_value value, char **data, size_t *length);
js_value js_uint8_array(struct js *js, const char *data, size_t length);
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

/* ---- Calls -------------------------------------------------------------- */

/* The one way in, from the bottom of a turn: call `function`, then run the
 * microtasks.  An exception goes to host.uncaught() and JS_NONE comes back. */
js_value js_enter(struct js *js, js_value function, js_value self, int argc,
                  const js_value *argv);

/* Inside a native: a plain call, whose exception is the native's. */
js_value js_call(struct js *js, js_value function, js_value self, int argc,
                 const js_value *argv);

/* Compile `source` as the body of function (parameters...) so that lines and
 * columns are those of the file; a first line "#!" is skipped.  Throws a
 * SyntaxError that carries its position to the report. */
js_value js_compile_function(struct js *js, js_value source,
                             const char *filename, int count,
                             const char *const *parameters);
/* Compile and run a script in the global scope; its completion value. */
js_value js_run_script(struct js *js, js_value source, const char *filename);

/* V8's own record of the call. */
struct js_args {
    uintptr_t *implicit; /* isolate, context, function ... */
    uintptr_t *values;
    intptr_t count;
};

js_value js_arg_missing(const struct js_args *args);
js_value js_this(const struct js_args *args);

static inline int js_argc(const struct js_args *args)
{
    return (int)args->count;
}

/* Undefined past the end. */
static inline js_value js_arg(const struct js_args *args, int index)
{
    if (index < args->count) {
        js_value value = { (uintptr_t)(args->values + index) };
        return value;
    }
    return js_arg_missing(args);
}

/* ---- Exceptions --------------------------------------------------------- */

enum js_error {
    JS_ERROR,
    JS_TYPE_ERROR,
    JS_RANGE_ERROR
};

/* All return JS_NONE, for `return js_throw(...)`. */
js_value js_throw(struct js *js, js_value exception);
js_value js_throw_error(struct js *js, enum js_error kind, const char *format,
                        ...) __attribute__((format(printf, 3, 4)));
/* An Error "<what>: <strerror>", with code "ENOENT" and errno 2; `error` is
 * negative. */
js_value js_throw_errno(struct js *js, int error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same Error, made but not thrown. */
js_value js_error_errno(struct js *js, int error, const char *what);

/* The exception that a js_call() in this native left, taken; JS_NONE when
 * there is none or when execution was terminated. */
js_value js_take_exception(struct js *js);

#ifdef __cplusplus
}
#endif

#endif
