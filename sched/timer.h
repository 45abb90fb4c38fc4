// SPDX-License-Identifier: MIT
#ifndef SCHED_TIMER_H
#define SCHED_TIMER_H

#include "sched/ready.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * timer: exact deadlines, for what a program asked for (setTimeout).
 *
 * A binary heap per shard, on the monotonic clock in nanoseconds, ordered by
 * deadline and, where those are equal, by start.  A timer never fires early:
 * its task is pushed in the first turn at or after its deadline.  Thousands of
 * coarse timeouts belong in the wheel instead.
 *
 * Threads: all of it on the shard's own.
 */
struct timer {
    struct task task; /* its run() is the expiry; set before the start */
    uint64_t deadline; /* ns of uv_hrtime() */
    uint64_t order;    /* of starting, among equal deadlines */
    size_t place;      /* in the heap, from 1; 0: not started */
};

struct timers {
    struct timer **heap; /* heap[1] is due first */
    size_t count;
    size_t capacity;
    uint64_t started;
};

void timers_init(struct timers *timers);
void timers_fini(struct timers *timers); /* all timers must be stopped */

/* Start, or start again, `timer` for `deadline`.  The caller keeps the memory
 * and leaves it in place until the timer fired or was stopped. */
void timer_start(struct timers *timers, struct timer *timer,
                 uint64_t deadline);

/* Nothing happens when it was not started.  A timer whose task waits in a
 * ready queue already is taken out of the heap, not out of that queue. */
void timer_stop(struct timers *timers, struct timer *timer);

static inline bool timer_is_started(const struct timer *timer)
{
    return timer->place != 0;
}

/* Push the task of every timer that is due at `now`, earliest first. */
void timers_collect(struct timers *timers, uint64_t now, struct ready *ready);

/* The earliest deadline, or UINT64_MAX when no timer is started. */
static inline uint64_t timers_next(const struct timers *timers)
{
    return timers->count == 0 ? UINT64_MAX : timers->heap[1]->deadline;
}

#endif
