// SPDX-License-Identifier: MIT
#ifndef SCHED_WHEEL_H
#define SCHED_WHEEL_H

#include "sched/list.h"
#include "sched/ready.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * wheel: coarse timeouts for very many connections (idle, keep-alive, header).
 *
 * One ring of WHEEL_SLOTS slots of WHEEL_TICK each (Varghese and Lauck 1987,
 * scheme 4).  A busy connection only stores its new deadline, timeout_touch();
 * its node stays where it is, and when that slot comes up the wheel files it
 * again for the deadline it has by then.  So a request costs one store, and a
 * timeout longer than the ring is simply filed again on the way.
 *
 * A timeout fires at or after its deadline and less than two ticks after it.
 * The shard sleeps until the next occupied slot: nothing ticks while idle.
 *
 * Threads: all of it on the shard's own.
 */
enum {
    WHEEL_SLOTS = 1024
};
#define WHEEL_TICK UINT64_C(67108864) /* 2^26 ns: 67 ms */

struct timeout {
    struct list_node link;
    uint64_t deadline; /* ns of uv_hrtime() */
    struct task task;  /* its run() is the expiry; set before the start */
};

struct wheel {
    struct list slots[WHEEL_SLOTS];
    uint64_t occupied[WHEEL_SLOTS / 64]; /* a bit a slot; may be stale set */
    uint64_t tick;                       /* all before it were collected */
};

void wheel_init(struct wheel *wheel, uint64_t now);

/* Start, or start again, for `deadline`.  The caller keeps the memory and
 * leaves it in place until the timeout fired or was stopped. */
void timeout_start(struct wheel *wheel, struct timeout *timeout,
                   uint64_t deadline);

/* Also takes its task out of `ready` when it expired but did not run yet. */
void timeout_stop(struct wheel *wheel, struct timeout *timeout,
                  struct ready *ready);

static inline bool timeout_is_started(const struct timeout *timeout)
{
    return list_is_linked(&timeout->link);
}

/* Move the deadline of a started timeout further away. */
static inline void timeout_touch(struct timeout *timeout, uint64_t deadline)
{
    timeout->deadline = deadline;
}

/* Push the task of every timeout that is due at `now`. */
void wheel_collect(struct wheel *wheel, uint64_t now, struct ready *ready);

/* When to collect next: no later than needed; UINT64_MAX when empty. */
uint64_t wheel_next(const struct wheel *wheel);

#endif
