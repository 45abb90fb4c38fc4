// SPDX-License-Identifier: MIT
#include "sched/work.h"

#include "sched/check.h"
#include "sched/shard.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static const char pool_size[] = "UV_THREADPOOL_SIZE";

enum {
    POOL_LEAST = 4,
    POOL_MOST = 1024 /* libuv's */
};

/* ---- the pool ------------------------------------------------------------ */

static void run_nothing(uv_work_t *request)
{
    (void)request;
}

/* The first work of the process makes the threads. */
static int make_threads(void)
{
    uv_loop_t loop;
    uv_work_t request;
    int err = uv_loop_init(&loop);
    if (err != 0)
        return err;
    err = uv_queue_work(&loop, &request, run_nothing, NULL);
    uv_run(&loop, UV_RUN_DEFAULT);
    CHECK(uv_loop_close(&loop) == 0);
    return err;
}

int work_pool_start(unsigned cores)
{
    if (getenv(pool_size) != NULL)
        return make_threads();
    char size[16];
    unsigned threads = cores < POOL_LEAST ? POOL_LEAST : cores;
    snprintf(size, sizeof size, "%u",
             threads < POOL_MOST ? threads : POOL_MOST);
    if (setenv(pool_size, size, 0) != 0)
        return uv_translate_sys_error(errno);
    int err = make_threads();
    unsetenv(pool_size); /* it is none of the program's or its children's */
    return err;
}

/* ---- a piece of work ----------------------------------------------------- */

static void leave(struct work *work)
{
    list_remove(&work->link);
    shard_release(work->shard);
}

static void discard(struct work *work)
{
    leave(work);
    work->discard(work);
}

static void on_run(uv_work_t *request)
{
    struct work *work = CONTAINER_OF(request, struct work, request);
    work->run(work);
}

/* In the loop: of a turn, or of shard_settle(), after which there is none. */
static void on_ran(uv_work_t *request, int status)
{
    struct work *work = CONTAINER_OF(request, struct work, request);
    work->queued = false;
    if (work->shard->closing)
        discard(work);
    else
        ready_push(&work->shard->ready, &work->task);
    (void)status; /* UV_ECANCELED comes to a closing shard only */
}

/* The hold goes first: done() may itself wait, and a shard that waits for
 * nothing must be seen to. */
static void run_done(struct task *task, struct shard *here)
{
    struct work *work = CONTAINER_OF(task, struct work, task);
    leave(work);
    work->done(work, here);
}

void work_start(struct work *work, struct shard *here)
{
    work->task = (struct task){ .run = run_done };
    work->shard = here;
    work->queued = !here->stopping;
    list_push(&here->works, &work->link);
    shard_hold(here);
    if (work->queued)
        CHECK(uv_queue_work(&here->loop, &work->request, on_run, on_ran) == 0);
}

/* Why nothing is touched after it was freed, when a shard closes with work in
 * flight:
 *
 * 1. Work that no thread has taken yet is cancelled: uv_cancel() takes it out
 *    of the pool's queue, and on_ran() comes in shard_settle().
 * 2. Work that runs cannot be.  Its memory is its own (see work.h), so it does
 *    not mind that the isolate and the modules are gone by then.  At its end
 *    the pool's thread touches the work and the shard's loop; both are there
 *    as long as `works` is not empty: shard_settle() runs the loop until
 *    on_ran() came.
 * 3. But a thread may be stuck for ever (open() of a FIFO that nobody writes
 *    to).  shard_settle() gives up soon and says so; then the crew frees
 *    neither the shard nor its loop, and the process ends by _exit(), which
 *    runs no destructors and stops the thread where it is. */
void work_close(struct shard *here)
{
    here->closing = true;
    struct list_node *node = list_first(&here->works);
    while (node != NULL) {
        struct work *work = CONTAINER_OF(node, struct work, link);
        node = list_next(&here->works, node);
        if (work->queued) {
            uv_cancel((uv_req_t *)&work->request);
        } else {
            ready_remove(&here->ready, &work->task);
            discard(work);
        }
    }
}
