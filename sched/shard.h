// SPDX-License-Identifier: MIT
#ifndef SCHED_SHARD_H
#define SCHED_SHARD_H

#include "sched/check.h"
#include "sched/ready.h"
#include "sched/timer.h"
#include "sched/wheel.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

struct crew;
struct mailbox;

/*
 * shard: one thread, one libuv loop, and its turn.
 *
 *     turn:  run what waits in `flush`       (one write per connection)
 *            send the outboxes
 *            poll; sleep only when nothing is ready and no mail came; who
 *            has its core to itself may look out for mail before
 *            collect signals, due timers and timeouts into `ready`, mail
 *            into `inbox`
 *            run as many tasks of `ready`, `input` and `inbox` as there are
 *            now; `ready` reads from sockets, `input` looks at what was read:
 *            each stage finds its own code, and the kernel's, in the cache
 *            run what waits in `batch`       (one call for many requests)
 *
 * Whoever fills the batch may find it large enough to go on being in the cache:
 * shard_hurry() has it and the flush run right after the task.
 *
 * Poll first, run last: who waits for a condition looks at it right after
 * tasks ran.  A task may itself wait (shard_wait()): that is this turn in a
 * loop, on the stack of the task, so libuv is never entered twice; tasks are
 * taken from the shared queues one by one, so a nested turn sees the rest.
 *
 * A shard lives while somebody holds it: an active timer, a listener, an open
 * connection.  With no hold, nothing ready and no mail it is idle; the crew
 * decides what follows from that.  A shard without a crew (a test's) sleeps,
 * or gives up its innermost wait.
 *
 * A deadline is a time of uv_hrtime(), read when the delay begins to count:
 * `now` is older than that and would make it early.
 *
 * Threads: everything on the shard's own thread, except signal_raise(),
 * shard_wake() and reading `stopping`.
 */
enum {
    SHARD_SIGNALS = 16,  /* most signals a shard can have */
    SHARD_WAIT_DEPTH = 64 /* most nested shard_wait() calls */
};

/* What other threads see of the owner's sleep. */
enum {
    SHARD_AWAKE,  /* looks at mail and signals before it sleeps */
    SHARD_ASLEEP, /* has to be woken */
    SHARD_IDLE    /* the same, and the waker gives it its credit back */
};

struct shard {
    unsigned id;    /* from 0 */
    unsigned count; /* shards in the crew */
    uv_loop_t loop;
    uint64_t now; /* ns of uv_hrtime() after the poll, before input and flush */
    struct ready ready;
    struct ready input; /* what was read */
    struct ready inbox; /* the tasks of messages, and nothing else */
    struct ready batch;
    struct ready flush;
    struct timers timers;
    struct wheel wheel;
    struct mailbox *mail;
    struct crew *crew;
    void *program; /* the floor above's */
    bool hurried; /* run the batch after this task */
    size_t holds;
    size_t depth; /* of nested waits */
    struct list works; /* in flight, see work.h */
    bool closing;      /* shard_settle(): no task runs any more */
    bool stuck;        /* and it gave up */
    bool idle;    /* it sleeps without a credit */
    uint64_t turns;
    uint64_t wakes;  /* sleeps that another shard ended */
    uint64_t opened; /* ns of uv_hrtime() */
    uint64_t asleep_for; /* ns, in all */
    unsigned awaited; /* answers that others owe, says the floor above */
    bool may_spin; /* the crew's: see spin() */
    bool may_roam; /* the crew's: the system places it while it is quiet */
    bool quiet;    /* of late it slept, and long, most of the time */
    int home;      /* the core that it left when it became quiet, or -1 */
    uint64_t watched;    /* ns of uv_hrtime(): when watch() last looked */
    uint64_t slept_long; /* ns, since then */
    int eager[2];  /* how spinning has paid of late, without and with answers
                      awaited; above 0: spin */
    uv_async_t async; /* every foreign thread wakes the loop by this one */
    uv_timer_t alarm; /* armed before a sleep for the next deadline */
    struct signal *signals[SHARD_SIGNALS];
    unsigned signal_count;
    atomic_bool stopping; /* the crew ends: finish the task, leave the turn */
    atomic_bool stranded; /* the crew is idle: the innermost wait gives up */

    /* Written by other threads; on cache lines of their own. */
    char before[64];
    atomic_uint asleep;
    atomic_uint raised; /* a bit a signal */
    char after[64];
};

/* Returns 0, or a negative errno.  `count` is that of the crew; a shard alone
 * is shard 0 of 1.  It stays on this thread or is handed over whole. */
int shard_open(struct shard *shard, unsigned id, unsigned count);

/* Every uv handle but the shard's own must be closing, every timer stopped.
 * Mail that was not delivered is discarded.  No other thread may still raise,
 * wake or send. */
void shard_close(struct shard *shard);

/* The part of shard_close() that needs the shard's thread and does not mind
 * the others: discard work, wait for the close callbacks.  False: some work is
 * stuck on its thread, see work_close(); then the shard must stay as it is
 * until the process ends, and it is false for good.  May be called again. */
bool shard_settle(struct shard *shard);

/* A reason to wake a shard from another thread: raising it any number of
 * times before it runs runs it once. */
struct signal {
    struct task task;
    struct shard *shard;
    void (*run)(struct task *task, struct shard *here);
    unsigned bit;
};

/* Register `signal` with `shard`; there is no way back, and its memory stays
 * until the shard is closed.  run() is called with &signal->task in the
 * shard's turn.  On the shard's thread, before it is raised. */
void signal_init(struct signal *signal, struct shard *shard,
                 void (*run)(struct task *task, struct shard *here));

/* From any thread, while the shard is open.  What the caller stored before is
 * visible to run().  A signal holds nobody: who waits for one holds the
 * shard. */
void signal_raise(struct signal *signal);

/* From any shard of the crew: it left mail for `shard`, then passed a full
 * fence.  Costs a system call only when `shard` sleeps. */
void shard_wake(struct shard *shard);

/* From any shard: a guess, for what may be done in either case.  Relaxed, since
 * nothing follows from it. */
static inline bool shard_is_awake(const struct shard *shard)
{
    return atomic_load_explicit(&shard->asleep, memory_order_relaxed)
           == SHARD_AWAKE;
}

/* Keep the shard alive, and let go.  Counted. */
static inline void shard_hold(struct shard *shard)
{
    shard->holds++;
}

static inline void shard_release(struct shard *shard)
{
    CHECK(shard->holds > 0);
    shard->holds--;
}

/* Run the batch and the flush as soon as the task that runs now returns. */
static inline void shard_hurry(struct shard *shard)
{
    shard->hurried = true;
}

/* Nanoseconds, since it was opened, that it did not sleep. */
uint64_t shard_busy(const struct shard *shard);

/* One turn.  Sleeps when there is nothing to do. */
void shard_turn(struct shard *shard);

/* Only the turn's first step: what was written leaves. */
void shard_flush(struct shard *shard);

/* Turn until done(arg); looks at it before the first turn too.  Returns
 *   0          it is done
 *   -ELOOP     SHARD_WAIT_DEPTH waits are nested already
 *   -EDEADLK   every shard is idle, nothing is left that could finish it
 *   -ECANCELED the crew stops */
int shard_wait(struct shard *shard, bool (*done)(void *arg), void *arg);

#endif
