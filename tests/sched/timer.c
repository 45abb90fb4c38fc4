// SPDX-License-Identifier: MIT
#include "sched/timer.h"

#include "sched/check.h"
#include "sched/shard.h"
#include "tests/test.h"

#include <stdlib.h>
#include <sys/time.h>

enum {
    MANY = 2000
};

struct item {
    struct timer timer;
    unsigned name;
    struct item *victim; /* stopped by its run() */
    uint64_t date;       /* when it was started, in whole ms */
    unsigned delay;      /* ms */
};

static unsigned ran[MANY];
static unsigned run_count;

static void run_item(struct task *task, struct shard *here)
{
    struct item *item = CONTAINER_OF(task, struct item, timer.task);
    ran[run_count++] = item->name;
    if (item->victim != NULL) {
        timer_stop(&here->timers, &item->victim->timer);
        ready_remove(&here->ready, &item->victim->timer.task);
    }
}

static struct item *items_new(unsigned count)
{
    struct item *items = xcalloc(count, sizeof *items);
    for (unsigned i = 0; i < count; i++) {
        items[i].timer.task.run = run_item;
        items[i].name = i;
    }
    run_count = 0;
    return items;
}

static struct item *pop(struct ready *ready)
{
    struct task *task = ready_pop(ready);
    return task == NULL ? NULL : CONTAINER_OF(task, struct item, timer.task);
}

TEST(timers_come_by_deadline_then_by_start)
{
    struct timers timers;
    struct ready ready;
    struct item *items = items_new(MANY);
    timers_init(&timers);
    ready_init(&ready);
    srand(1);
    for (unsigned i = 0; i < MANY; i++)
        timer_start(&timers, &items[i].timer, (unsigned)rand() % 300);

    timers_collect(&timers, 149, &ready);
    CHECK_TRUE(timers_next(&timers) >= 150);
    timers_collect(&timers, 299, &ready);
    CHECK_EQ(ready.count, MANY);
    CHECK_TRUE(timers_next(&timers) == UINT64_MAX);

    struct item *last = pop(&ready);
    for (struct item *item; (item = pop(&ready)) != NULL; last = item) {
        CHECK_TRUE(last->timer.deadline <= item->timer.deadline);
        if (last->timer.deadline == item->timer.deadline)
            CHECK_TRUE(last->name < item->name);
    }
    timers_fini(&timers);
    free(items);
}

TEST(stopped_and_restarted_timers_keep_the_heap_in_order)
{
    struct timers timers;
    struct ready ready;
    struct item *items = items_new(MANY);
    timers_init(&timers);
    ready_init(&ready);
    srand(2);
    for (unsigned i = 0; i < 20 * MANY; i++) {
        struct item *item = &items[rand() % MANY];
        if (rand() % 3 == 0)
            timer_stop(&timers, &item->timer);
        else
            timer_start(&timers, &item->timer, (unsigned)rand() % 100000);
    }
    size_t started = 0;
    for (unsigned i = 0; i < MANY; i++)
        started += timer_is_started(&items[i].timer);
    CHECK_EQ(started, timers.count);

    uint64_t last = 0;
    for (size_t i = 0; i < started; i++) {
        uint64_t next = timers_next(&timers);
        CHECK_TRUE(next >= last);
        timer_stop(&timers, timers.heap[1]);
        last = next;
    }
    CHECK_EQ(timers.count, 0);
    timers_fini(&timers);
    free(items);
}

static bool is_over(void *arg)
{
    return run_count >= *(unsigned *)arg;
}

TEST(a_timer_that_another_stops_in_its_expiry_does_not_run)
{
    struct shard shard;
    struct item *items = items_new(3);
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    shard_hold(&shard);
    items[0].victim = &items[1];
    for (unsigned i = 0; i < 3; i++)
        timer_start(&shard.timers, &items[i].timer, shard.now);
    unsigned two = 2;
    CHECK_EQ(shard_wait(&shard, is_over, &two), 0);
    CHECK_EQ(ran[0], 0);
    CHECK_EQ(ran[1], 2);
    CHECK_EQ(shard.ready.count, 0);
    shard_close(&shard);
    free(items);
}

/* As a program sees it: Date is the wall clock, rounded down. */
static uint64_t date(void)
{
    struct timeval now;
    gettimeofday(&now, NULL);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_usec / 1000;
}

static void run_late(struct task *task, struct shard *here)
{
    struct item *item = CONTAINER_OF(task, struct item, timer.task);
    uint64_t now = uv_hrtime();
    CHECK_TRUE(now >= item->timer.deadline);
    CHECK_TRUE(now < item->timer.deadline + 20000 * UINT64_C(1000000));
    CHECK_TRUE(date() - item->date >= item->delay);
    run_count++;
    (void)here;
}

/* Keeps the shard from sleeping, so that it looks at its timers often. */
static void run_busily(struct task *task, struct shard *here)
{
    ready_push(&here->ready, task);
}

static void time_many(bool busily)
{
    enum { COUNT = 200 };
    struct task busy = { .run = run_busily };
    struct shard shard;
    struct item *items = items_new(COUNT);
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    shard_hold(&shard);
    if (busily)
        ready_push(&shard.ready, &busy);
    run_count = 0;
    srand(3);
    for (unsigned i = 0; i < COUNT; i++) {
        struct item *item = &items[i];
        item->timer.task.run = run_late;
        item->delay = (unsigned)rand() % 5;
        item->date = date();
        timer_start(&shard.timers, &item->timer,
                    uv_hrtime() + item->delay * UINT64_C(1000000));
        unsigned some = i - i % 3;
        CHECK_EQ(shard_wait(&shard, is_over, &some), 0);
    }
    unsigned all = COUNT;
    CHECK_EQ(shard_wait(&shard, is_over, &all), 0);
    shard_close(&shard);
    free(items);
}

TEST(a_timer_is_never_early)
{
    time_many(false);
    time_many(true);
}

TEST(a_shard_sleeps_until_its_next_deadline)
{
    struct shard shard;
    struct item *items = items_new(1);
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    shard_hold(&shard);
    timer_start(&shard.timers, &items[0].timer,
                uv_hrtime() + UINT64_C(100000000));
    unsigned one = 1;
    CHECK_EQ(shard_wait(&shard, is_over, &one), 0);
    CHECK_TRUE(shard.turns < 20);
    shard_close(&shard);
    free(items);
}
