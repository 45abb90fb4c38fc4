// SPDX-License-Identifier: MIT
#ifndef SCHED_READY_H
#define SCHED_READY_H

#include "sched/list.h"

#include <stdbool.h>
#include <stddef.h>

struct shard;

/*
 * ready: what a shard has to do, in the order in which it became due.
 *
 * A callback of the loop never runs a program's code.  It notes what happened
 * on the source it belongs to (a connection, a timer) and pushes the source's
 * task; the turn runs it.  Pushing a task that waits already changes nothing.
 *
 * Threads: a queue and its tasks belong to one shard.
 */
struct task {
    struct list_node link; /* zeroed: the task waits nowhere */
    void (*run)(struct task *task, struct shard *here);
};

struct ready {
    struct list tasks;
    size_t count;
};

static inline void ready_init(struct ready *ready)
{
    list_init(&ready->tasks);
    ready->count = 0;
}

static inline void ready_push(struct ready *ready, struct task *task)
{
    if (list_is_linked(&task->link))
        return;
    list_push(&ready->tasks, &task->link);
    ready->count++;
}

/* NULL when nothing is ready. */
static inline struct task *ready_pop(struct ready *ready)
{
    struct list_node *node = list_pop(&ready->tasks);
    if (node == NULL)
        return NULL;
    ready->count--;
    return (struct task *)node; /* link comes first */
}

/* Take `task` out again if it waits in `ready`, and nowhere else. */
static inline void ready_remove(struct ready *ready, struct task *task)
{
    if (!list_is_linked(&task->link))
        return;
    list_remove(&task->link);
    ready->count--;
}

#endif
