// SPDX-License-Identifier: MIT
#include "sched/check.h"
#include "src/bindings.h"

#include <stdlib.h>
#include <uv.h>

/*
 * native.timer: what src/lib/timers.js is made of.  A started timer has a slot,
 * which is its name for JavaScript, and holds the shard until it is stopped.
 * When it is due, internal.timeout(slot) is called, which stops it or has it
 * come again.
 */
struct slot {
    struct timer timer;
    int32_t id;
    int32_t next_free; /* -1: the last; only of one that is not used */
    bool used;
};

struct bind_timer {
    struct slot **slots; /* timers must stay where they are */
    int32_t count;
    int32_t capacity;
    int32_t first_free; /* -1: none */
    struct js_ref *timeout;
};

enum {
    MILLISECOND = 1000000
};

/* Later than this is never: 30 years. */
static const double LONGEST = 1e12;

static uint64_t nanoseconds(js_value ms)
{
    double n = js_to_number(ms);

    if (!(n > 0))
        return 0;
    return (uint64_t)((n < LONGEST ? n : LONGEST) * MILLISECOND);
}

static void on_timer(struct task *task, struct shard *here)
{
    struct slot *slot = CONTAINER_OF(task, struct slot, timer.task);
    struct program *p = here->program;
    struct js_scope scope;

    js_scope_open(p->js, &scope);
    js_value id = js_integer(p->js, slot->id);
    js_enter(p->js, js_ref_get(p->js, p->timers->timeout),
             js_undefined(p->js), 1, &id);
    js_scope_close(&scope);
    program_settle(p);
}

static struct slot *slot_new(struct bind_timer *t)
{
    if (t->count == t->capacity) {
        t->capacity += t->capacity / 2 + 16;
        t->slots = xrealloc(t->slots,
                            (size_t)t->capacity * sizeof(*t->slots));
    }
    struct slot *slot = xcalloc(1, sizeof(*slot));
    slot->timer.task.run = on_timer;
    slot->id = t->count;
    t->slots[t->count++] = slot;
    return slot;
}

static struct slot *slot_take(struct bind_timer *t)
{
    struct slot *slot;

    if (t->first_free < 0) {
        slot = slot_new(t);
    } else {
        slot = t->slots[t->first_free];
        t->first_free = slot->next_free;
    }
    slot->used = true;
    return slot;
}

/* The slot of the first argument; NULL: it is none that is used. */
static struct slot *slot_of(struct bind_timer *t, const struct js_args *args)
{
    int32_t id = js_to_integer(js_arg(args, 0));

    if (id < 0 || id >= t->count || !t->slots[id]->used)
        return NULL;
    return t->slots[id];
}

/* start(ms) returns the slot. */
static js_value bind_start(struct js *js, const struct js_args *args)
{
    struct program *p = program_of(js);
    struct slot *slot = slot_take(p->timers);

    shard_hold(p->shard);
    timer_start(&p->shard->timers, &slot->timer,
                uv_hrtime() + nanoseconds(js_arg(args, 0)));
    return js_integer(js, slot->id);
}

/* again(slot, ms): for one that is due; ms after it was due, so that it does
 * not drift.  What it missed meanwhile it leaves out. */
static js_value bind_again(struct js *js, const struct js_args *args)
{
    struct program *p = program_of(js);
    struct slot *slot = slot_of(p->timers, args);
    uint64_t period = nanoseconds(js_arg(args, 1));

    if (slot == NULL || period == 0)
        return js_undefined(js);
    uint64_t deadline = slot->timer.deadline + period;
    uint64_t now = uv_hrtime();
    if (deadline <= now)
        deadline += ((now - deadline) / period + 1) * period;
    timer_start(&p->shard->timers, &slot->timer, deadline);
    return js_undefined(js);
}

/* stop(slot) */
static js_value bind_stop(struct js *js, const struct js_args *args)
{
    struct program *p = program_of(js);
    struct slot *slot = slot_of(p->timers, args);

    if (slot == NULL)
        return js_undefined(js);
    timer_stop(&p->shard->timers, &slot->timer);
    ready_remove(&p->shard->ready, &slot->timer.task);
    shard_release(p->shard);
    slot->used = false;
    slot->next_free = p->timers->first_free;
    p->timers->first_free = slot->id;
    return js_undefined(js);
}

int bind_timer_open(struct program *p)
{
    struct js_scope scope;

    p->timers = xcalloc(1, sizeof(*p->timers));
    p->timers->first_free = -1;
    js_scope_open(p->js, &scope);
    p->timers->timeout =
        js_ref_new(p->js, js_get(p->js, js_internal(p->js), "timeout"));
    js_scope_close(&scope);
    return 0;
}

void bind_timer_close(struct program *p)
{
    struct bind_timer *t = p->timers;

    for (int32_t i = 0; i < t->count; i++) {
        timer_stop(&p->shard->timers, &t->slots[i]->timer);
        ready_remove(&p->shard->ready, &t->slots[i]->timer.task);
        free(t->slots[i]);
    }
    free(t->slots);
    js_ref_free(t->timeout);
    free(t);
    p->timers = NULL;
}

const struct js_function timer_table[] = {
    { "start", bind_start },
    { "again", bind_again },
    { "stop", bind_stop },
    { NULL, NULL },
};
