// SPDX-License-Identifier: MIT
#ifndef SCHED_WORK_H
#define SCHED_WORK_H

#include "sched/ready.h"

#include <stdbool.h>
#include <uv.h>

struct shard;

/*
 * work: what would block a shard (a file system call) runs on libuv's pool of
 * threads, which all shards share; that it is done is a task of the shard.
 *
 *     shard                 a thread of the pool      shard
 *     work_start()   -->    work->run()        -->    work->done(), in a turn
 *
 * Work in flight holds its shard.  When the shard closes first, what waits for
 * a thread is cancelled, and work->discard() is called instead of done().
 *
 * Threads: run() on the pool's, and it touches nothing but what is embedded
 * around `work`; all else on the shard's own.
 */
struct work {
    /* Set by whoever starts it.  He owns the memory and leaves it in place
     * until done() or discard() is called: one of them is, once, and disposes
     * of it.  Neither is called within work_start(). */
    void (*run)(struct work *work);
    void (*done)(struct work *work, struct shard *here);
    void (*discard)(struct work *work); /* the shard closes: no script here */

    struct task task;
    uv_work_t request;
    struct list_node link; /* in the shard's `works` */
    struct shard *shard;
    bool queued; /* the pool has it, or its end is on the way */
};

/* Start the pool for the process: once, from the main thread, before there are
 * others (it sets an environment variable for a moment) and before any thread
 * is pinned (threads inherit that).  `cores` are those we may use; there are
 * four threads at least.  Who runs node may choose: UV_THREADPOOL_SIZE.
 * Returns 0 or a negative errno. */
int work_pool_start(unsigned cores);

/* What is started on a shard that is stopping is not run, only discarded:
 * "exit" listeners can start nothing that the process would wait for. */
void work_start(struct work *work, struct shard *here);

/* For shard_settle(): cancel, and discard what is done.  What already runs
 * cannot be stopped; its end is discarded as the loop runs. */
void work_close(struct shard *here);

#endif
