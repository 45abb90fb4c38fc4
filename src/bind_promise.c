// SPDX-License-Identifier: MIT
#include "src/bindings.h"

#include <errno.h>

/*
 * native.promise: promise.wait(), the method itself.  It is C all through so
 * that what it throws is reported at the program's line.
 */
struct wait {
    struct js *js;
    js_value outcome; /* see src/lib/promise.js */
};

static bool is_settled(void *arg)
{
    struct wait *w = arg;
    struct js_scope scope;

    js_scope_open(w->js, &scope);
    js_value settled = js_get(w->js, w->outcome, "settled");
    bool is = !js_is_none(settled) && js_to_boolean(w->js, settled);
    js_scope_close(&scope);
    return is;
}

static js_value throw_failed(struct js *js, int err)
{
    switch (err) {
    case -ELOOP:
        return js_throw_error(js, JS_ERROR,
                              "promise.wait(): more than %d are nested",
                              SHARD_WAIT_DEPTH);
    case -EDEADLK:
        return js_throw_error(js, JS_ERROR,
                              "promise.wait(): nothing is left that could "
                              "complete the promise");
    default:
        return js_unwind(js); /* the process ends */
    }
}

/* Turn until the outcome is there.  The microtasks of the caller come first:
 * they may be all that is left to run. */
static js_value turn(struct program *p, struct wait *w)
{
    struct js *js = p->js;

    if (!js_may_wait(js))
        return js_throw_error(js, JS_ERROR,
                              "promise.wait() cannot run in a microtask: "
                              "not in .then() of a Promise, nor after an "
                              "await; use await");
    js_enter(js, js_get(js, js_internal(js), "nothing"), js_undefined(js), 0,
             NULL);
    program_settle(p);
    int err = shard_wait(p->shard, is_settled, w);
    if (err != 0)
        return throw_failed(js, err);
    return w->outcome;
}

/* promise.wait() */
static js_value bind_wait(struct js *js, const struct js_args *args)
{
    struct wait w = { .js = js };
    js_value internal = js_internal(js);
    js_value self = js_this(args);

    w.outcome = js_call(js, js_get(js, internal, "beginWait"), internal, 1,
                        &self);
    if (js_is_none(w.outcome))
        return JS_NONE;
    if (!is_settled(&w) && js_is_none(turn(program_of(js), &w)))
        return JS_NONE;
    js_value value = js_get(js, w.outcome, "value");
    if (js_to_boolean(js, js_get(js, w.outcome, "failed")))
        return js_throw(js, value);
    return value;
}

/* How many waits are nested here. */
static js_value bind_depth(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_integer(js, (int32_t)program_of(js)->shard->depth);
}

const struct js_function promise_table[] = {
    { "depth", bind_depth },
    { "wait", bind_wait },
    { NULL, NULL },
};
