// SPDX-License-Identifier: MIT
#include "sched/shard.h"

#include "sched/check.h"
#include "tests/test.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

/* ---- the turn ----------------------------------------------------------- */

struct step {
    struct task task;
    char name;
};

static char steps[64];
static unsigned step_count;

static void run_step(struct task *task, struct shard *here)
{
    steps[step_count++] = CONTAINER_OF(task, struct step, task)->name;
    (void)here;
}

TEST(a_turn_flushes_then_runs_what_is_ready_then_the_batch)
{
    struct shard shard;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    struct step a = { .task.run = run_step, .name = 'a' };
    struct step b = { .task.run = run_step, .name = 'b' };
    struct step c = { .task.run = run_step, .name = 'c' };
    struct step d = { .task.run = run_step, .name = 'd' };
    ready_push(&shard.batch, &d.task);
    ready_push(&shard.ready, &b.task);
    ready_push(&shard.ready, &c.task);
    ready_push(&shard.ready, &b.task); /* waits already */
    ready_push(&shard.flush, &a.task);
    step_count = 0;
    shard_turn(&shard);
    CHECK_EQ(step_count, 4);
    CHECK_EQ(strncmp(steps, "abcd", 4), 0);
    shard_close(&shard);
}

static void push_again(struct task *task, struct shard *here)
{
    step_count++;
    ready_push(&here->ready, task);
}

TEST(a_task_that_pushes_itself_runs_once_a_turn)
{
    struct shard shard;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    struct task task = { .run = push_again };
    ready_push(&shard.ready, &task);
    step_count = 0;
    for (int i = 0; i < 10; i++)
        shard_turn(&shard);
    CHECK_EQ(step_count, 10);
    shard_close(&shard);
}

/* ---- waits -------------------------------------------------------------- */

struct level {
    struct task task;
    struct timer timer;
    bool fired;
};

static struct level levels[SHARD_WAIT_DEPTH + 1];
static unsigned level_count;
static unsigned fired;
static unsigned fired_at_first_return;
static int cap_error;

static void fire(struct task *task, struct shard *here)
{
    CONTAINER_OF(task, struct level, timer.task)->fired = true;
    fired++;
    shard_release(here);
}

static bool has_fired(void *arg)
{
    return ((struct level *)arg)->fired;
}

/* Starts its own timer, has the next level waiting on top of it, and waits. */
static void run_level(struct task *task, struct shard *here)
{
    struct level *level = CONTAINER_OF(task, struct level, task);
    unsigned next = (unsigned)(level - levels) + 1;
    level->timer.task.run = fire;
    timer_start(&here->timers, &level->timer,
                uv_hrtime() + 50 * UINT64_C(1000000));
    shard_hold(here);
    if (next < level_count)
        ready_push(&here->ready, &levels[next].task);
    int err = shard_wait(here, has_fired, level);
    if (err == -ELOOP)
        cap_error = err;
    else
        CHECK_EQ(err, 0);
    if (next == level_count)
        fired_at_first_return = fired;
}

static void nest(unsigned count)
{
    struct shard shard;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    memset(levels, 0, sizeof levels);
    for (unsigned i = 0; i < count; i++)
        levels[i].task.run = run_level;
    level_count = count;
    fired = 0;
    cap_error = 0;
    ready_push(&shard.ready, &levels[0].task);
    while (fired < count)
        shard_turn(&shard);
    CHECK_EQ(shard.depth, 0);
    CHECK_EQ(shard.holds, 0);
    shard_close(&shard);
}

/* The innermost returns first, and by then the timers of all have fired. */
TEST(nested_waits_do_not_add_up)
{
    nest(10);
    CHECK_EQ(cap_error, 0);
    CHECK_EQ(fired_at_first_return, 10);
}

TEST(too_many_nested_waits_are_refused)
{
    nest(SHARD_WAIT_DEPTH);
    CHECK_EQ(cap_error, 0);
    nest(SHARD_WAIT_DEPTH + 1);
    CHECK_EQ(cap_error, -ELOOP);
}

static bool never(void *arg)
{
    (void)arg;
    return false;
}

static bool at_once(void *arg)
{
    (void)arg;
    return true;
}

TEST(a_wait_that_nothing_can_end_gives_up)
{
    struct shard shard;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    CHECK_EQ(shard_wait(&shard, at_once, NULL), 0);
    CHECK_EQ(shard.turns, 0);
    CHECK_EQ(shard_wait(&shard, never, NULL), -EDEADLK);
    struct step a = { .task.run = run_step };
    step_count = 0;
    ready_push(&shard.ready, &a.task);
    CHECK_EQ(shard_wait(&shard, never, NULL), -EDEADLK);
    CHECK_EQ(step_count, 1);
    shard_close(&shard);
}

TEST(a_stopping_shard_does_not_wait)
{
    struct shard shard;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    shard_hold(&shard);
    shard.stopping = true;
    CHECK_EQ(shard_wait(&shard, never, NULL), -ECANCELED);
    shard_close(&shard);
}

/* ---- signals ------------------------------------------------------------ */

enum { RAISES = 100000, THREADS = 4 };

struct count {
    struct signal signal;
    _Atomic unsigned long raised;
    unsigned long plain; /* stored before the first raise */
    unsigned long seen;
};

static struct count counts[2];
static struct shard *busy;

static void run_count(struct task *task, struct shard *here)
{
    struct count *count = CONTAINER_OF(task, struct count, signal.task);
    CHECK_TRUE(here == busy);
    CHECK_EQ(count->plain, 42);
    count->seen = count->raised;
}

static void *raise_all(void *arg)
{
    unsigned seed = (unsigned)(uintptr_t)arg;
    for (unsigned i = 0; i < RAISES; i++) {
        struct count *count = &counts[i % 2];
        atomic_fetch_add(&count->raised, 1);
        signal_raise(&count->signal);
        if (rand_r(&seed) % 1000 == 0) /* let it fall asleep */
            uv_sleep(1);
    }
    return NULL;
}

static bool has_seen_all(void *arg)
{
    (void)arg;
    return counts[0].seen + counts[1].seen == THREADS * (unsigned long)RAISES;
}

/* A lost one hangs here. */
TEST(no_signal_of_a_storm_is_lost)
{
    struct shard shard;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    busy = &shard;
    shard_hold(&shard);
    for (unsigned i = 0; i < 2; i++) {
        counts[i] = (struct count){ .plain = 42 };
        signal_init(&counts[i].signal, &shard, run_count);
    }
    pthread_t threads[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, raise_all, (void *)i);
    CHECK_EQ(shard_wait(&shard, has_seen_all, NULL), 0);
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    shard_close(&shard);
}

static unsigned signal_runs;

static void run_signal_once(struct task *task, struct shard *here)
{
    (void)task;
    (void)here;
    signal_runs++;
}

TEST(a_signal_raised_often_before_it_runs_runs_once)
{
    struct shard shard;
    struct signal signal;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    signal_init(&signal, &shard, run_signal_once);
    signal_runs = 0;
    struct step a = { .task.run = run_step };
    for (int i = 0; i < 5; i++)
        signal_raise(&signal);
    shard_turn(&shard);
    CHECK_EQ(signal_runs, 1);
    ready_push(&shard.ready, &a.task); /* so that it does not sleep */
    shard_turn(&shard);
    CHECK_EQ(signal_runs, 1);
    shard_close(&shard);
}
