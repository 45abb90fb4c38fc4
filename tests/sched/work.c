// SPDX-License-Identifier: MIT
#include "sched/work.h"

#include "sched/check.h"
#include "sched/crew.h"
#include "sched/shard.h"
#include "sched/topology.h"
#include "tests/test.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Some tests need a pool that is not started yet, or leave one stuck: each of
 * them runs in a child.  They come first, since ThreadSanitizer wants no thread
 * in the parent. */
static int in_child(int (*body)(void))
{
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        _exit(body() | (atomic_load(&test_failures) != 0 ? 64 : 0));
    int status = -1;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* ---- some work ----------------------------------------------------------- */

struct sum {
    struct work work;
    pthread_t ran_on;
    int done;
    int discarded;
    int operand;
    int result;
};

static void add_one(struct work *work)
{
    struct sum *sum = CONTAINER_OF(work, struct sum, work);
    sum->ran_on = pthread_self();
    sum->result = sum->operand + 1;
}

static int left; /* until the test is over; the shard's thread's */

static void count_done(struct work *work, struct shard *here)
{
    CONTAINER_OF(work, struct sum, work)->done++;
    left--;
    (void)here;
}

static void count_discarded(struct work *work)
{
    CONTAINER_OF(work, struct sum, work)->discarded++;
}

static void start(struct sum *sum, struct shard *here)
{
    sum->work.run = add_one;
    sum->work.done = count_done;
    sum->work.discard = count_discarded;
    work_start(&sum->work, here);
}

/* ---- the pool ------------------------------------------------------------ */

/* Work that ends when so many run at once: with fewer threads never. */
struct crowd {
    struct work work;
    cpu_set_t cores;
};

static atomic_int arrived;
static atomic_int awaited;

static void await_crowd(struct work *work)
{
    struct crowd *one = CONTAINER_OF(work, struct crowd, work);
    sched_getaffinity(0, sizeof one->cores, &one->cores);
    arrived++;
    for (int i = 0; arrived < awaited && i < 20000; i++)
        uv_sleep(1);
}

static void count_left(struct work *work, struct shard *here)
{
    (void)work;
    (void)here;
    left--;
}

static void ignore(struct work *work)
{
    (void)work;
}

/* How many of `count` works ran at once. */
static void gather(struct crowd *crowd, int count, int expected)
{
    struct shard shard;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    arrived = 0;
    awaited = expected;
    left = count;
    for (int i = 0; i < count; i++) {
        crowd[i].work = (struct work){ .run = await_crowd,
                                       .done = count_left,
                                       .discard = ignore };
        work_start(&crowd[i].work, &shard);
    }
    while (left > 0)
        shard_turn(&shard);
    CHECK_EQ(arrived, count);
    shard_close(&shard);
}

/* By name: a sanitizer has threads too. */
static unsigned pool_threads(void)
{
    unsigned threads = 0;
    FILE *file = popen("cat /proc/$PPID/task/*/comm | grep -c libuv-worker",
                       "r");
    CHECK_EQ(fscanf(file, "%u", &threads), 1);
    pclose(file);
    return threads;
}

static int start_small_pool(void)
{
    unsetenv("UV_THREADPOOL_SIZE");
    CHECK_EQ(work_pool_start(1), 0);
    CHECK_EQ(pool_threads(), 4);
    CHECK_TRUE(getenv("UV_THREADPOOL_SIZE") == NULL);
    struct crowd crowd[4];
    gather(crowd, 4, 4);
    return 0;
}

TEST(a_pool_has_four_threads_at_least_and_leaves_no_trace)
{
    CHECK_EQ(in_child(start_small_pool), 0);
}

static int start_large_pool(void)
{
    unsetenv("UV_THREADPOOL_SIZE");
    CHECK_EQ(work_pool_start(7), 0);
    CHECK_EQ(pool_threads(), 7);
    return 0;
}

TEST(a_pool_has_a_thread_a_core)
{
    CHECK_EQ(in_child(start_large_pool), 0);
}

static int start_chosen_pool(void)
{
    setenv("UV_THREADPOOL_SIZE", "2", 1);
    CHECK_EQ(work_pool_start(7), 0);
    CHECK_EQ(pool_threads(), 2);
    CHECK_EQ(strcmp(getenv("UV_THREADPOOL_SIZE"), "2"), 0);
    return 0;
}

TEST(who_runs_the_program_may_choose_the_size_of_the_pool)
{
    CHECK_EQ(in_child(start_chosen_pool), 0);
}

static void *use_pinned(void *arg)
{
    cpu_set_t *mask = arg;
    struct crowd crowd[4];
    CHECK_EQ(topology_pin(pthread_self(), (unsigned)sched_getcpu()), 0);
    gather(crowd, 4, 4);
    for (int i = 0; i < 4; i++)
        CHECK_TRUE(CPU_EQUAL(&crowd[i].cores, mask));
    return NULL;
}

static int use_pool_pinned(void)
{
    cpu_set_t mask;
    pthread_t thread;
    sched_getaffinity(0, sizeof mask, &mask);
    CHECK_EQ(work_pool_start(4), 0);
    pthread_create(&thread, NULL, use_pinned, &mask);
    pthread_join(thread, NULL);
    return 0;
}

TEST(a_pool_inherits_no_pin)
{
    CHECK_EQ(in_child(use_pool_pinned), 0);
}

/* ---- the end of a crew --------------------------------------------------- */

static struct task first;
static struct sum at_first;
static struct sum at_exit;
static bool stuck;

static void run_stuck(struct work *work)
{
    (void)work;
    arrived++;
    for (;;)
        pause();
}

static void run_first(struct task *task, struct shard *here)
{
    (void)task;
    at_first.work = (struct work){ .run = stuck ? run_stuck : add_one,
                                   .done = count_done,
                                   .discard = count_discarded };
    work_start(&at_first.work, here);
    if (!stuck)
        return;
    while (arrived == 0)
        uv_sleep(1);
    crew_exit(here, 5);
}

static int on_open(struct shard *here, void *arg)
{
    (void)arg;
    first.run = run_first;
    ready_push(&here->ready, &first);
    return 0;
}

static void on_exit_(struct shard *here, void *arg)
{
    (void)arg;
    CHECK_EQ(at_first.done, 1); /* work in flight keeps the crew alive */
    start(&at_exit, here);
}

static void on_interrupt(struct shard *shard, void *arg)
{
    (void)shard;
    (void)arg;
}

static void on_close(struct shard *here, void *arg)
{
    (void)here;
    (void)arg;
}

static int run_crew(bool *joined)
{
    struct crew_options options = { .count = 1 };
    struct crew_program program = { on_open, on_exit_, on_interrupt, on_close,
                                    NULL };
    memset(&at_first, 0, sizeof at_first);
    memset(&at_exit, 0, sizeof at_exit);
    first = (struct task){ 0 };
    return crew_run(&options, &program, joined);
}

static int run_stuck_crew(void)
{
    bool joined = true;
    stuck = true;
    arrived = 0;
    int status = run_crew(&joined);
    CHECK_TRUE(!joined);
    CHECK_EQ(at_first.done + at_first.discarded, 0);
    return status;
}

TEST(a_crew_ends_beside_work_that_is_stuck)
{
    CHECK_EQ(in_child(run_stuck_crew), 5);
}

TEST(a_crew_ends_after_its_work)
{
    bool joined;
    stuck = false;
    CHECK_EQ(run_crew(&joined), 0);
    CHECK_TRUE(joined);
    CHECK_EQ(at_first.done, 1);
    CHECK_EQ(at_exit.discarded, 1);
    CHECK_EQ(at_exit.result, 0);
}

/* ---- what is done -------------------------------------------------------- */

TEST(work_runs_on_another_thread_and_is_done_in_a_turn)
{
    struct shard shard;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    struct sum sum = { .operand = 41 };
    left = 1;
    start(&sum, &shard);
    CHECK_EQ(shard.holds, 1);
    CHECK_EQ(sum.done, 0);
    while (left > 0)
        shard_turn(&shard);
    CHECK_EQ(sum.result, 42);
    CHECK_EQ(sum.done, 1);
    CHECK_EQ(sum.discarded, 0);
    CHECK_TRUE(!pthread_equal(sum.ran_on, pthread_self()));
    CHECK_EQ(shard.holds, 0);
    shard_close(&shard);
    CHECK_EQ(sum.discarded, 0);
}

/* No turn runs them, so each is cancelled, runs to its end, or is done and
 * waits: all three are discarded, once.  A thread of the pool that gets no core
 * in the time shard_settle() has makes the shard stuck: that round is left. */
TEST(work_of_a_shard_that_closes_is_discarded)
{
    enum { ROUNDS = 9, MANY = 200 };
    static struct shard shards[ROUNDS];
    static struct sum sums[ROUNDS][MANY];
    int settled = 0;
    for (int round = 0; round < ROUNDS && settled < 3; round++) {
        CHECK_EQ(shard_open(&shards[round], 0, 1), 0);
        left = MANY;
        for (int i = 0; i < MANY; i++)
            start(&sums[round][i], &shards[round]);
        for (int turns = settled; turns > 0 && left > 0; turns--)
            shard_turn(&shards[round]);
        if (!shard_settle(&shards[round]))
            continue;
        shard_close(&shards[round]);
        for (int i = 0; i < MANY; i++)
            CHECK_EQ(sums[round][i].done + sums[round][i].discarded, 1);
        settled++;
    }
    CHECK_EQ(settled, 3);
}

static void push_and_discard(struct task *task, struct shard *here)
{
    (void)task;
    (void)here;
}

TEST(work_that_is_done_but_not_run_yet_is_discarded)
{
    struct shard shard;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    struct sum sum = { .operand = 1 };
    start(&sum, &shard);
    while (!list_is_linked(&sum.work.task.link))
        uv_run(&shard.loop, UV_RUN_ONCE);
    struct task other = { .run = push_and_discard };
    ready_push(&shard.ready, &other);
    shard_close(&shard);
    CHECK_EQ(sum.done, 0);
    CHECK_EQ(sum.discarded, 1);
    CHECK_EQ(shard.ready.count, 1);
}

TEST(a_shard_that_stops_runs_no_new_work)
{
    struct shard shard;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    struct sum sum = { .operand = 1 };
    shard.stopping = true;
    start(&sum, &shard);
    shard_close(&shard);
    CHECK_EQ(sum.result, 0);
    CHECK_EQ(sum.done, 0);
    CHECK_EQ(sum.discarded, 1);
}

/* ---- waits --------------------------------------------------------------- */

static struct sum chain[10];
static int depth;

static bool is_done(void *arg)
{
    return ((struct sum *)arg)->done > 0;
}

static void wait_for_next(struct work *work, struct shard *here)
{
    struct sum *sum = CONTAINER_OF(work, struct sum, work);
    int next = (int)(sum - chain) + 1;
    if (next < 10) {
        chain[next].work = (struct work){ .run = add_one,
                                          .done = wait_for_next,
                                          .discard = count_discarded };
        work_start(&chain[next].work, here);
        CHECK_EQ(shard_wait(here, is_done, &chain[next]), 0);
    }
    depth++;
    sum->done++;
}

TEST(work_that_is_done_may_wait_for_other_work)
{
    struct shard shard;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    memset(chain, 0, sizeof chain);
    depth = 0;
    chain[0].work = (struct work){ .run = add_one,
                                   .done = wait_for_next,
                                   .discard = count_discarded };
    work_start(&chain[0].work, &shard);
    while (chain[0].done == 0)
        shard_turn(&shard);
    CHECK_EQ(depth, 10);
    shard_close(&shard);
}

static void wait_for_nothing(struct work *work, struct shard *here)
{
    struct sum never = { .done = 0 };
    CHECK_EQ(shard_wait(here, is_done, &never), -EDEADLK);
    count_done(work, here);
}

TEST(work_that_is_done_holds_nobody)
{
    struct shard shard;
    CHECK_EQ(shard_open(&shard, 0, 1), 0);
    struct sum sum = { .work = { .run = add_one,
                                 .done = wait_for_nothing,
                                 .discard = count_discarded } };
    left = 1;
    work_start(&sum.work, &shard);
    while (left > 0)
        shard_turn(&shard);
    shard_close(&shard);
}
