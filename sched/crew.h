// SPDX-License-Identifier: MIT
#ifndef SCHED_CREW_H
#define SCHED_CREW_H

#include "sched/shard.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * crew: all shards of the process, from start to end.
 *
 * crew_run() is called on the main thread, which runs no shard: it starts one
 * thread a shard (8 MB of stack), waits and joins.  The crew ends in one of
 * three ways:
 *
 *   drained  every shard is idle and no message is on its way: each runs
 *            program->exit() on its own thread;
 *   exit     crew_exit(): the caller has run its own exit() by then; the
 *            others finish their task (for at most a second, then they are
 *            interrupted and skip it), then run theirs.  The first caller's
 *            status is the process's;
 *   failed   crew_fail(): nobody runs exit(), all are interrupted at once.
 *
 * A shard that has not left its code a second after it was interrupted is not
 * joined; the process must then end by _exit(), beside it.  So it must when
 * work of a shard is stuck on its thread (see work.h).
 *
 * Messages that were not delivered by then are discarded on the main thread,
 * after the last shard has ended.
 */
struct crew_program {
    /* On the shard's thread, before its first turn.  Start the program: push
     * its first task.  A negative errno fails the crew. */
    int (*open)(struct shard *here, void *arg);

    /* On the shard's thread, when no task of it runs: the last code to run. */
    void (*exit)(struct shard *here, void *arg);

    /* From any thread, between open() and close(): stop what runs now, if
     * anything does.  What runs sees here->stopping.  May come more than once.
     * Calls nothing of the crew. */
    void (*interrupt)(struct shard *shard, void *arg);

    /* On the shard's thread, after its last turn and when open() failed.
     * The loop is still there: uv handles are closed here (uv_close()); the
     * crew then runs the loop until their close callbacks came. */
    void (*close)(struct shard *here, void *arg);

    void *arg;
};

struct crew_options {
    unsigned count; /* shards, at least 1 */
    bool pin;       /* each to a core of its own, in order */
    bool roam;      /* but, if pinned, not while it sleeps most of the time */
    bool spin;      /* each has a core to itself: it may wait for mail awake */
};

/* Run to the end.  Returns the process's exit status; *joined tells whether
 * every shard has ended and left nothing that runs.  A negative errno when it
 * could not be started. */
int crew_run(const struct crew_options *options,
             const struct crew_program *program, bool *joined);

/* End the crew with the low eight bits of `status` (see above).  The caller's
 * own exit() does not run any more: it has to have run what it wants to run.
 * On a shard's thread.  Calling it again changes nothing, except that a shard
 * which runs in exit() after a drain may still set the status. */
void crew_exit(struct shard *here, int status);
void crew_fail(struct shard *here, int status);

/* For the turn: see crew.c, "idle".  Give: `here` is about to sleep and nothing
 * but mail could give it work.  Take: `shard` will be awake.  Return: it had a
 * credit already. */
void crew_give(struct shard *here);
void crew_take(struct shard *shard);
void crew_return(struct shard *shard);

#endif
