// SPDX-License-Identifier: MIT
#ifndef NODE_JS_H
#define NODE_JS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * node_js: the values of JavaScript, as C sees them.  The part of the engine's
 * face that extensions see too; node_extension.h begins with how to write one.
 *
 * Threads.     A `struct js` and all that comes from it belongs to one thread,
 *              its shard's, except where a function says otherwise.
 * Values.      A js_value is one word naming a slot of the innermost js_scope;
 *              it dies with that scope.  Keep it longer in a js_ref.  In a
 *              native, a scope is open already.
 * Exceptions.  What may throw returns JS_NONE, false, NULL or -1 when it did:
 *              hand that up at once, making no further js_ call.  A native
 *              hands it up by returning JS_NONE.  js_take_exception() is the
 *              catch.
 * Types.       A function that says "of a string", "of an array" is told the
 *              truth by its caller: ask js_is_...() first.  Those on objects
 *              throw a TypeError for what is none.
 */
#pragma GCC visibility push(default)

struct js;      /* one isolate and its context */
struct js_ref;  /* a value kept across turns */
struct js_args; /* a native call's arguments */

typedef struct {
    uintptr_t slot;
} js_value;

#ifdef __cplusplus
#define JS_NONE (js_value())
#else
#define JS_NONE ((js_value){ 0 })
#endif

static inline bool js_is_none(js_value value)
{
    return value.slot == 0;
}

/* ---- Natives ------------------------------------------------------------ */

/* A native function.  Returns its result, or JS_NONE: having thrown, or for
 * undefined. */
typedef js_value js_native(struct js *js, const struct js_args *args);

/* A row of a table of natives, which ends in { NULL, NULL }. */
struct js_function {
    const char *name;
    js_native *call;
};

/* The arguments.  Those past the end are undefined. */
int js_argc(const struct js_args *args);
js_value js_arg(const struct js_args *args, int index);
js_value js_this(const struct js_args *args);
bool js_is_new(const struct js_args *args); /* called by `new` */
void *js_data(const struct js_args *args);  /* of a js_closure() */

/* A function that calls `call`, which finds `data` by js_data().  When it is
 * collected, or its isolate closes, `release` (NULL: nothing) gets the data: on
 * the shard's thread, and it makes no js_ call but js_ref_free().  `name` is
 * ASCII and copied.
 * js_closure() cannot be called by `new`.  js_constructor() can: then js_this()
 * is a new object which inherits from its "prototype", and is the result. */
js_value js_closure(struct js *js, const char *name, js_native *call,
                    void *data, void (*release)(void *data));
js_value js_constructor(struct js *js, const char *name, js_native *call,
                        void *data, void (*release)(void *data));

/* Give `object` a closure for each row of the table. */
bool js_install(struct js *js, js_value object,
                const struct js_function *table, void *data);

/* Native objects.  The address of a class is its brand: what js_unwrap() gives
 * back was wrapped under it. */
struct js_class {
    const char *name;            /* for messages */
    void (*free)(void *native);  /* NULL: nothing */
};

/* Tie `native` to an object, once: false (a TypeError) for one that has a
 * native already, and then it stays the caller's.  Else it is the object's;
 * when that is collected, or its isolate closes, cls->free() gets it, under the
 * rules of `release` above. */
bool js_wrap(struct js *js, js_value object, const struct js_class *cls,
             void *native);
/* NULL: threw a TypeError, "not a <name>". */
void *js_unwrap(struct js *js, js_value object, const struct js_class *cls);

/* ---- Scopes and references ---------------------------------------------- */

/* Scopes nest like C blocks and live on the C stack: opening one allocates
 * nothing.  Open one where a native makes values in a loop. */
struct js_scope {
    uintptr_t opaque[4];
};
void js_scope_open(struct js *js, struct js_scope *scope);
void js_scope_close(struct js_scope *scope);
/* Close it; `value` lives on in the one around it. */
js_value js_scope_return(struct js_scope *scope, js_value value);

/* The caller frees it; also when the isolate has closed, and then on any
 * thread: what it kept is gone by then.  A weak one keeps nothing alive;
 * js_ref_get() is JS_NONE once its value was collected. */
struct js_ref *js_ref_new(struct js *js, js_value value);
js_value js_ref_get(struct js *js, const struct js_ref *ref);
/* The same without a slot in the scope: good until js_ref_free(), and not for a
 * weak one. */
js_value js_ref_value(const struct js_ref *ref);
void js_ref_weak(struct js_ref *ref, bool weak);
void js_ref_free(struct js_ref *ref); /* NULL: nothing */

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
bool js_is_same(js_value left, js_value right); /* === */

bool js_to_boolean(struct js *js, js_value value); /* never throws */
int32_t js_to_integer(js_value value); /* 0 unless js_is_integer() */
double js_to_number(js_value value);   /* NaN unless js_is_number() */

/* As JavaScript converts: these may run script, and throw. */
bool js_convert_number(struct js *js, js_value value, double *number);
js_value js_convert_string(struct js *js, js_value value);
js_value js_convert_object(struct js *js, js_value value);

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
/* Any value as a NUL-terminated UTF-8 copy; the caller frees it with free().
 * Converts with toString(): may throw (NULL).  `length` may be NULL. */
char *js_copy_utf8(struct js *js, js_value value, size_t *length);

/* Objects.  Names are ASCII. */
js_value js_global(struct js *js);
js_value js_object(struct js *js);
js_value js_array(struct js *js, const js_value *values, size_t count);
uint32_t js_array_length(js_value array);
js_value js_get(struct js *js, js_value object, const char *name);
js_value js_get_key(struct js *js, js_value object, js_value key);
js_value js_get_index(struct js *js, js_value object, uint32_t index);
bool js_set(struct js *js, js_value object, const char *name, js_value value);
bool js_set_key(struct js *js, js_value object, js_value key, js_value value);
bool js_set_index(struct js *js, js_value object, uint32_t index,
                  js_value value);
int js_has_key(struct js *js, js_value object, js_value key);    /* -1: threw */
int js_delete_key(struct js *js, js_value object, js_value key); /* -1: threw */
js_value js_keys(struct js *js, js_value object); /* own and inherited names */
/* An own property that is not as every other.  The key is a string. */
enum js_attributes {
    JS_READ_ONLY = 1,
    JS_DONT_ENUM = 2,
    JS_DONT_DELETE = 4
};
bool js_define(struct js *js, js_value object, js_value key, js_value value,
               unsigned attributes);
/* One that is read and written by functions; JS_NONE: not at all. */
bool js_set_accessor(struct js *js, js_value object, js_value key,
                     js_value getter, js_value setter);
js_value js_prototype(struct js *js, js_value object);
bool js_set_prototype(struct js *js, js_value object, js_value prototype);

/* ---- Bytes -------------------------------------------------------------- */

/* What a typed array, DataView, ArrayBuffer or SharedArrayBuffer holds, without
 * a copy; valid until script runs or the scope closes.  False, without an
 * exception, for anything else. */
bool js_bytes(js_value value, char **data, size_t *length);

/* The same, and the memory stays where it is until js_pin_free(), whatever
 * script does, for who reads or writes it on another thread.  NULL: threw a
 * TypeError, for what holds no bytes or may be resized. */
struct js_pin;
struct js_pin *js_pin_new(struct js *js, js_value value, char **data,
                          size_t *length);
void js_pin_free(struct js_pin *pin); /* any thread; NULL: nothing */

/* A copy, and memory of the caller without one, as an ArrayBuffer that owns it:
 * `release` gets it at the end, ON ANY THREAD, maybe after the shard closed. */
js_value js_uint8_array(struct js *js, const char *data, size_t length);
js_value js_array_buffer(struct js *js, void *data, size_t length,
                         void (*release)(void *data, size_t length, void *arg),
                         void *arg);

/* ---- Calls -------------------------------------------------------------- */

/* Inside a native: a plain call, and one by `new`, whose exception is the
 * native's.  A TypeError for what is no function, or no constructor. */
js_value js_call(struct js *js, js_value function, js_value self, int argc,
                 const js_value *argv);
js_value js_new(struct js *js, js_value constructor, int argc,
                const js_value *argv);

/* ---- Exceptions --------------------------------------------------------- */

enum js_error {
    JS_ERROR,
    JS_TYPE_ERROR,
    JS_RANGE_ERROR,
    JS_REFERENCE_ERROR,
    JS_SYNTAX_ERROR
};

js_value js_make_error(struct js *js, enum js_error kind, js_value message);

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

/* The exception that a js_ call in this native left, taken; JS_NONE when there
 * is none or when execution was terminated. */
js_value js_take_exception(struct js *js);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
