// SPDX-License-Identifier: MIT
#include "sched/wheel.h"

#include "sched/check.h"
#include "sched/shard.h"
#include "tests/test.h"

#include <stdlib.h>

/* A wheel on a clock of our own. */
struct fixture {
    struct wheel wheel;
    struct ready ready;
    uint64_t now;
};

static void open_at(struct fixture *f, uint64_t now)
{
    f->now = now;
    ready_init(&f->ready);
    wheel_init(&f->wheel, now);
}

/* Sleep as a shard would, but at most for `most`; false when it is empty. */
static bool sleep_on(struct fixture *f, uint64_t most)
{
    uint64_t next = wheel_next(&f->wheel);
    if (next == UINT64_MAX)
        return false;
    CHECK_TRUE(next > f->now);
    f->now = next < f->now + most ? next : f->now + most;
    wheel_collect(&f->wheel, f->now, &f->ready);
    return true;
}

static struct timeout *pop(struct fixture *f)
{
    struct task *task = ready_pop(&f->ready);
    return task == NULL ? NULL : CONTAINER_OF(task, struct timeout, task);
}

static uint64_t random_below(uint64_t limit)
{
    uint64_t high = (uint64_t)rand();
    return (high << 31 | (uint64_t)rand()) % limit;
}

/* Every one fires once, not early and less than two ticks late; what is
 * stopped does not; what is touched fires by its new deadline. */
TEST(a_hundred_thousand_random_timeouts_fire_in_time)
{
    enum { COUNT = 100000 };
    struct fixture *f = xmalloc(sizeof *f);
    struct timeout *timeouts = xcalloc(COUNT, sizeof *timeouts);
    srand(1);
    open_at(f, 12345 * UINT64_C(1000000007));
    size_t started = COUNT;
    /* Up to three times round the wheel. */
    uint64_t range = 3 * WHEEL_SLOTS * WHEEL_TICK;
    for (unsigned i = 0; i < COUNT; i++)
        timeout_start(&f->wheel, &timeouts[i], f->now + random_below(range));
    size_t fired = 0;
    while (sleep_on(f, range / 100)) {
        for (struct timeout *t; (t = pop(f)) != NULL; fired++) {
            CHECK_TRUE(t->deadline <= f->now);
            CHECK_TRUE(f->now < t->deadline + 2 * WHEEL_TICK);
            CHECK_TRUE(!timeout_is_started(t));
            t->deadline = 0;
        }
        struct timeout *t = &timeouts[rand() % COUNT];
        if (timeout_is_started(t)) {
            timeout_stop(&f->wheel, t, &f->ready);
            started--;
        }
        t = &timeouts[rand() % COUNT];
        if (timeout_is_started(t))
            timeout_touch(t, t->deadline + random_below(range));
    }
    CHECK_EQ(fired, started);
    free(timeouts);
    free(f);
}

TEST(a_deadline_that_has_passed_fires_at_the_next_tick)
{
    struct fixture *f = xmalloc(sizeof *f);
    struct timeout late = { 0 };
    open_at(f, 1000 * WHEEL_TICK);
    timeout_start(&f->wheel, &late, 5);
    CHECK_TRUE(wheel_next(&f->wheel) == 1001 * WHEEL_TICK);
    sleep_on(f, UINT64_MAX / 2);
    CHECK_TRUE(pop(f) == &late);
    free(f);
}

TEST(a_timeout_that_expired_can_still_be_stopped)
{
    struct fixture *f = xmalloc(sizeof *f);
    struct timeout one = { 0 };
    open_at(f, 0);
    timeout_start(&f->wheel, &one, WHEEL_TICK);
    sleep_on(f, UINT64_MAX / 2);
    CHECK_EQ(f->ready.count, 1);
    timeout_stop(&f->wheel, &one, &f->ready);
    CHECK_EQ(f->ready.count, 0);
    CHECK_TRUE(wheel_next(&f->wheel) == UINT64_MAX);
    free(f);
}

TEST(a_timeout_costs_one_wakeup_and_a_stopped_one_none)
{
    struct fixture *f = xmalloc(sizeof *f);
    struct timeout one = { 0 };
    open_at(f, 0);
    for (uint64_t i = 1; i < 2000; i++) {
        timeout_start(&f->wheel, &one, f->now + i * WHEEL_TICK / 2 + i);
        timeout_stop(&f->wheel, &one, &f->ready);
        CHECK_TRUE(wheel_next(&f->wheel) == UINT64_MAX);
        timeout_start(&f->wheel, &one, f->now + i * WHEEL_TICK / 2 + i);
        sleep_on(f, UINT64_MAX / 2);
        CHECK_TRUE(pop(f) == &one);
    }
    free(f);
}

/* A busy connection: a store a request, one look a timeout. */
TEST(a_touched_timeout_costs_one_wakeup_a_round)
{
    struct fixture *f = xmalloc(sizeof *f);
    struct timeout busy = { 0 };
    open_at(f, 0);
    uint64_t delay = 75 * WHEEL_TICK; /* 5 s */
    timeout_start(&f->wheel, &busy, delay);
    unsigned wakeups = 0;
    for (uint64_t now = 0; now < 100 * delay; now += WHEEL_TICK / 4) {
        timeout_touch(&busy, now + delay);
        if (wheel_next(&f->wheel) > now)
            continue;
        wakeups++;
        wheel_collect(&f->wheel, now, &f->ready);
    }
    CHECK_EQ(f->ready.count, 0);
    CHECK_TRUE(wakeups <= 102);
    timeout_stop(&f->wheel, &busy, &f->ready);
    free(f);
}

TEST(a_long_sleep_collects_every_slot_once)
{
    struct fixture *f = xmalloc(sizeof *f);
    struct timeout timeouts[10] = { 0 };
    open_at(f, 0);
    for (unsigned i = 0; i < 10; i++)
        timeout_start(&f->wheel, &timeouts[i], i * 700 * WHEEL_TICK);
    wheel_collect(&f->wheel, 5000 * WHEEL_TICK, &f->ready);
    CHECK_EQ(f->ready.count, 8);
    CHECK_TRUE(!timeout_is_started(&timeouts[7]));
    CHECK_TRUE(timeout_is_started(&timeouts[8]));
    wheel_collect(&f->wheel, 6300 * WHEEL_TICK, &f->ready);
    CHECK_EQ(f->ready.count, 10);
    free(f);
}

static bool is_ready(void *arg)
{
    return !timeout_is_started(arg);
}

static void run_nothing(struct task *task, struct shard *here)
{
    (void)task;
    (void)here;
}

TEST(a_shard_with_a_timeout_sleeps_until_then)
{
    struct shard shard;
    struct timeout timeout = { .task.run = run_nothing };
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    shard_hold(&shard);
    uint64_t deadline = uv_hrtime() + 3 * WHEEL_TICK;
    timeout_start(&shard.wheel, &timeout, deadline);
    CHECK_EQ(shard_wait(&shard, is_ready, &timeout), 0);
    CHECK_TRUE(uv_hrtime() >= deadline);
    CHECK_TRUE(shard.turns < 20);
    shard_close(&shard);
}
