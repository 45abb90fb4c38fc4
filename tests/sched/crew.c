// SPDX-License-Identifier: MIT
#include "sched/crew.h"

#include "sched/check.h"
#include "sched/mailbox.h"
#include "tests/test.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* A program of plain functions: what each shard's first task does, and what
 * its exit does, by the case. */
enum { MOST = 16 };

static struct place {
    struct task first;
    atomic_int interrupts;
    atomic_int exits;
    atomic_int closes;
    int wait_error;
    uv_timer_t timer; /* the floors above have uv handles too */
    pthread_t thread;
    bool closed;
} places[MOST];

static void (*first)(struct shard *here);
static void (*last)(struct shard *here);
static int open_error;
static unsigned open_error_on;

static void run_first(struct task *task, struct shard *here)
{
    (void)task;
    first(here);
}

static int on_open(struct shard *here, void *arg)
{
    struct place *place = &places[here->id];
    CHECK_TRUE(arg == places);
    uv_timer_init(&here->loop, &place->timer);
    place->thread = pthread_self();
    if (open_error != 0 && open_error_on == here->id)
        return open_error;
    place->first.run = run_first;
    ready_push(&here->ready, &place->first);
    return 0;
}

static void on_exit_(struct shard *here, void *arg)
{
    (void)arg;
    places[here->id].exits++;
    if (last != NULL)
        last(here);
}

static void on_interrupt(struct shard *shard, void *arg)
{
    (void)arg;
    CHECK_TRUE(shard->stopping);
    CHECK_EQ(places[shard->id].closes, 0);
    places[shard->id].interrupts++;
}

static void on_closed(uv_handle_t *handle)
{
    struct place *place = CONTAINER_OF(handle, struct place, timer);
    CHECK_TRUE(pthread_equal(place->thread, pthread_self()));
    place->closed = true;
}

static void on_close(struct shard *here, void *arg)
{
    (void)arg;
    uv_close((uv_handle_t *)&places[here->id].timer, on_closed);
    places[here->id].closes++;
}

static bool pin, roam, spin;
static bool joined;
static atomic_uint busy;

static int run_crew(unsigned count, void (*at_first)(struct shard *here),
                    void (*at_last)(struct shard *here))
{
    struct crew_options options = { .count = count, .pin = pin,
                                    .roam = roam, .spin = spin };
    struct crew_program program = { on_open, on_exit_, on_interrupt, on_close,
                                    places };
    memset(places, 0, sizeof places);
    first = at_first;
    last = at_last;
    joined = false;
    busy = 0;
    int status = crew_run(&options, &program, &joined);
    for (unsigned i = 0; joined && status != -EMFILE && i < count; i++)
        CHECK_TRUE(places[i].closes == 1 && places[i].closed);
    return status;
}

static int exits(unsigned count)
{
    int sum = 0;
    for (unsigned i = 0; i < count; i++)
        sum += places[i].exits;
    return sum;
}

/* Until every shard runs its first task. */
static void await_others(const struct shard *here)
{
    busy++;
    while (busy < here->count)
        uv_sleep(1);
}

static void nothing(struct shard *here)
{
    (void)here;
}

/* ---- how it ends -------------------------------------------------------- */

TEST(a_crew_with_nothing_to_do_drains)
{
    for (unsigned count = 1; count <= MOST; count++) {
        CHECK_EQ(run_crew(count, nothing, NULL), 0);
        CHECK_TRUE(joined);
        CHECK_EQ(exits(count), count);
    }
}

/* Of a thread; 0: this one. */
static unsigned allowed_cores(pid_t thread)
{
    cpu_set_t set;
    CHECK_EQ(sched_getaffinity(thread, sizeof set, &set), 0);
    return (unsigned)CPU_COUNT(&set);
}

static void look_at_thread(struct shard *here)
{
    char name[16], expected[16];
    snprintf(expected, sizeof expected, "shard %u", here->id);
    CHECK_EQ(pthread_getname_np(pthread_self(), name, sizeof name), 0);
    CHECK_EQ(strcmp(name, expected), 0);

    pthread_attr_t attr;
    size_t size;
    pthread_getattr_np(pthread_self(), &attr);
    pthread_attr_getstacksize(&attr, &size);
    pthread_attr_destroy(&attr);
    CHECK_EQ(size, 8 << 20);

    CHECK_EQ(allowed_cores(0), 1);
}

TEST(the_threads_of_a_crew_have_names_stacks_and_pins)
{
    pin = true;
    CHECK_EQ(run_crew(3, look_at_thread, NULL), 0);
    pin = false;
}

/* A while in which its shard sleeps, or turns and turns. */
static struct spell {
    struct timer rest;
    struct task work;
    uint64_t end;
    bool over;
} spells[MOST];

static void run_rest(struct task *task, struct shard *here)
{
    (void)task;
    spells[here->id].over = true;
}

static void run_work(struct task *task, struct shard *here)
{
    struct spell *spell = &spells[here->id];
    spell->over = uv_hrtime() >= spell->end;
    if (!spell->over)
        ready_push(&here->ready, task);
}

static bool is_over(void *arg)
{
    struct spell *spell = arg;
    return spell->over;
}

static void spend(struct shard *here, bool working)
{
    struct spell *spell = &spells[here->id];
    *spell = (struct spell){ .rest.task.run = run_rest, .work.run = run_work,
                             .end = uv_hrtime() + 60000000 };
    if (working)
        ready_push(&here->ready, &spell->work);
    else
        timer_start(&here->timers, &spell->rest, spell->end);
    shard_hold(here);
    CHECK_EQ(shard_wait(here, is_over, spell), 0);
    shard_release(here);
}

static void rest_and_work(struct shard *here)
{
    unsigned all = allowed_cores(getpid());
    for (int i = 0; i < 3; i++) {
        CHECK_EQ(allowed_cores(0), 1);
        for (int tries = 0; tries < 50 && !here->quiet; tries++)
            spend(here, false); /* on a busy machine it may take some */
        CHECK_EQ(here->quiet, true);
        CHECK_EQ(allowed_cores(0), roam ? all : 1);
        here->eager[0] = 16; /* less when it spins in vain */
        spend(here, false);
        CHECK_EQ(here->eager[0] == 16, roam);
        for (int tries = 0; tries < 50 && here->quiet; tries++)
            spend(here, true);
        CHECK_EQ(here->quiet, false);
    }
    CHECK_EQ(allowed_cores(0), 1);
}

TEST(a_quiet_shard_leaves_its_core_and_then_does_not_spin)
{
    pin = spin = true;
    for (int i = 0; i < 2; i++) {
        roam = i == 0;
        CHECK_EQ(run_crew(2, rest_and_work, NULL), 0);
    }
    pin = roam = spin = false;
}

static void hold_unless_0(struct shard *here)
{
    if (here->id == 0)
        crew_exit(here, 256 + 7);
    else
        shard_hold(here);
}

TEST(an_exit_ends_shards_that_sleep_and_all_but_the_caller_run_theirs)
{
    CHECK_EQ(run_crew(4, hold_unless_0, NULL), 7);
    CHECK_TRUE(joined);
    CHECK_EQ(exits(4), 3);
    CHECK_EQ(places[0].exits, 0);
    CHECK_EQ(places[1].interrupts, 0);
}

static void spin_unless_0(struct shard *here)
{
    await_others(here);
    if (here->id == 0)
        crew_exit(here, 3);
    while (here->id != 0 && places[here->id].interrupts == 0)
        continue;
}

TEST(a_shard_that_does_not_stop_within_a_second_is_interrupted)
{
    uint64_t start = uv_hrtime();
    CHECK_EQ(run_crew(2, spin_unless_0, NULL), 3);
    CHECK_TRUE(joined);
    CHECK_TRUE(uv_hrtime() - start > 900 * UINT64_C(1000000));
    CHECK_EQ(places[1].interrupts, 1);
    CHECK_EQ(exits(2), 0);
}

static void spin_on_1(struct shard *here)
{
    await_others(here);
    if (here->id == 0)
        crew_exit(here, 3);
    while (here->id == 1 && places[1].interrupts == 0)
        continue;
}

static void see_1_interrupted(struct shard *here)
{
    CHECK_EQ(here->id, 2);
    while (places[1].interrupts == 0)
        uv_sleep(1);
    uv_sleep(100);
    CHECK_EQ(places[2].interrupts, 0);
    while (places[2].interrupts == 0)
        uv_sleep(1);
}

TEST(who_is_in_exit_when_the_others_are_interrupted_gets_a_second_more)
{
    CHECK_EQ(run_crew(3, spin_on_1, see_1_interrupted), 3);
    CHECK_TRUE(joined);
}

static void fail_on_0(struct shard *here)
{
    await_others(here);
    if (here->id == 0)
        crew_fail(here, 1);
    while (here->id != 0 && places[here->id].interrupts == 0)
        continue;
}

TEST(a_failure_interrupts_at_once_and_nobody_runs_exit)
{
    CHECK_EQ(run_crew(2, fail_on_0, NULL), 1);
    CHECK_TRUE(joined);
    CHECK_EQ(exits(2), 0);
}

static void fail_each(struct shard *here)
{
    crew_fail(here, 10 + (int)here->id);
}

TEST(of_several_that_fail_one_sets_the_status)
{
    for (int i = 0; i < 100; i++) {
        int status = run_crew(4, fail_each, NULL);
        CHECK_TRUE(status >= 10 && status < 14);
        CHECK_EQ(exits(4), 0);
    }
}

static void exit_each(struct shard *here)
{
    crew_exit(here, 10 + (int)here->id);
    crew_exit(here, 99);
}

TEST(of_several_that_exit_the_first_sets_the_status)
{
    for (int i = 0; i < 100; i++) {
        int status = run_crew(4, exit_each, NULL);
        CHECK_TRUE(status >= 10 && status < 14);
        CHECK_EQ(places[status - 10].exits, 0);
    }
}

TEST(an_open_that_fails_fails_the_crew)
{
    open_error = -ENOSPC;
    for (open_error_on = 0; open_error_on < 4; open_error_on++) {
        CHECK_EQ(run_crew(4, nothing, NULL), -ENOSPC);
        CHECK_EQ(places[open_error_on].exits, 0);
    }
    open_error = 0;
}

TEST(a_crew_that_cannot_be_opened_says_why)
{
    struct rlimit usual, low;
    getrlimit(RLIMIT_NOFILE, &usual);
    low = usual;
    low.rlim_cur = 20;
    setrlimit(RLIMIT_NOFILE, &low);
    CHECK_EQ(run_crew(MOST, nothing, NULL), -EMFILE);
    setrlimit(RLIMIT_NOFILE, &usual);
    CHECK_EQ(exits(MOST), 0);
}

static void exit_5(struct shard *here)
{
    if (here->id == 1)
        crew_exit(here, 5);
}

TEST(an_exit_in_exit_after_a_drain_sets_the_status)
{
    CHECK_EQ(run_crew(3, nothing, exit_5), 5);
    CHECK_EQ(exits(3), 3);
}

static void fail_in_exit(struct shard *here)
{
    if (here->id == 1)
        crew_fail(here, 6);
    while (here->id == 0 && places[0].interrupts == 0)
        continue;
}

TEST(a_failure_in_exit_after_a_drain_interrupts_the_others)
{
    CHECK_EQ(run_crew(3, nothing, fail_in_exit), 6);
    CHECK_TRUE(joined);
}

static void exit_0(struct shard *here)
{
    if (here->id == 0)
        crew_exit(here, 0);
    else
        shard_hold(here);
}

static void fail_1(struct shard *here)
{
    if (here->id == 1)
        crew_fail(here, 1);
}

TEST(a_failure_after_an_exit_does_not_change_the_status)
{
    CHECK_EQ(run_crew(3, exit_0, fail_1), 0);
    CHECK_EQ(exits(3), 2);
}

/* The shard that stays behind would be a leak and a race: in a process of its
 * own, which ends as node would. */
static void never_leave(struct shard *here)
{
    await_others(here);
    if (here->id == 0)
        crew_fail(here, 9);
    while (here->id != 0)
        uv_sleep(1000);
}

TEST(a_shard_that_never_leaves_is_not_joined)
{
    pid_t child = fork();
    if (child == 0) {
        int status = run_crew(2, never_leave, NULL);
        _exit(joined ? 1 : status);
    }
    int status;
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK_TRUE(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), 9);
}

/* ---- waits -------------------------------------------------------------- */

static bool never(void *arg)
{
    (void)arg;
    return false;
}

static void wait_and_see(struct shard *here)
{
    places[here->id].wait_error = shard_wait(here, never, NULL);
}

TEST(waits_that_nothing_can_end_give_up_one_after_the_other)
{
    CHECK_EQ(run_crew(4, wait_and_see, NULL), 0);
    for (unsigned i = 0; i < 4; i++)
        CHECK_EQ(places[i].wait_error, -EDEADLK);
    CHECK_EQ(exits(4), 4);
}

static void wait_or_exit(struct shard *here)
{
    await_others(here);
    if (here->id == 2) {
        crew_exit(here, 2);
    } else {
        shard_hold(here);
        wait_and_see(here);
    }
}

TEST(the_crews_end_cancels_waits)
{
    CHECK_EQ(run_crew(3, wait_or_exit, NULL), 2);
    CHECK_EQ(places[0].wait_error, -ECANCELED);
    CHECK_EQ(places[1].wait_error, -ECANCELED);
    CHECK_EQ(exits(3), 2);
}

static struct message wake;
static bool woken;

static void run_wake(struct task *task, struct shard *here)
{
    (void)task;
    (void)here;
    woken = true;
}

static void drop(struct message *message)
{
    (void)message;
}

static bool is_woken(void *arg)
{
    (void)arg;
    return woken;
}

/* Shard 0 alone is the lowest that waits; when it has given up it ends the
 * wait of shard 1, by a message. */
static void give_up_then_wake(struct shard *here)
{
    struct place *place = &places[here->id];
    if (here->id == 0) {
        place->wait_error = shard_wait(here, never, NULL);
        mailbox_post(here->mail, 1, &wake);
    } else {
        place->wait_error = shard_wait(here, is_woken, NULL);
    }
}

TEST(only_the_lowest_wait_gives_up_then_detection_starts_again)
{
    wake = (struct message){ .task.run = run_wake, .discard = drop };
    woken = false;
    CHECK_EQ(run_crew(2, give_up_then_wake, NULL), 0);
    CHECK_EQ(places[0].wait_error, -EDEADLK);
    CHECK_EQ(places[1].wait_error, 0);
}

static struct signal ring;
static pthread_t ringer;

static void *run_ringer(void *arg)
{
    (void)arg;
    uv_sleep(50);
    signal_raise(&ring);
    return NULL;
}

static void run_ring(struct task *task, struct shard *here)
{
    (void)task;
    mailbox_post(here->mail, 1, &wake);
    shard_release(here);
}

static void hold_for_ringer(struct shard *here)
{
    if (here->id == 0) {
        signal_init(&ring, here, run_ring);
        shard_hold(here);
        pthread_create(&ringer, NULL, run_ringer, NULL);
    } else {
        places[1].wait_error = shard_wait(here, is_woken, NULL);
    }
}

TEST(a_shard_that_is_held_for_a_signal_keeps_the_crew_from_being_idle)
{
    wake = (struct message){ .task.run = run_wake, .discard = drop };
    woken = false;
    CHECK_EQ(run_crew(2, hold_for_ringer, NULL), 0);
    CHECK_EQ(places[1].wait_error, 0);
    pthread_join(ringer, NULL);
}

/* ---- with mail in flight ------------------------------------------------ */

struct ball {
    struct message message;
    unsigned hops;
};

static atomic_int balls;
static void (*at_hop)(struct shard *here, unsigned hop);

static struct ball *ball_of(struct message *message)
{
    return CONTAINER_OF(message, struct ball, message);
}

static void ball_free(struct message *message)
{
    free(ball_of(message));
    balls--;
}

static void run_ball(struct task *task, struct shard *here)
{
    struct message *message = CONTAINER_OF(task, struct message, task);
    struct ball *ball = ball_of(message);
    at_hop(here, ball->hops);
    if (ball->hops-- == 0)
        ball_free(message);
    else
        mailbox_post(here->mail, (here->id * 7 + ball->hops) % here->count,
                     message);
}

static void throw_balls(struct shard *here)
{
    for (unsigned i = 0; i < 20; i++) {
        struct ball *ball = xcalloc(1, sizeof *ball);
        ball->message.task.run = run_ball;
        ball->message.discard = ball_free;
        ball->hops = i;
        balls++;
        mailbox_post(here->mail, (here->id + i) % here->count, &ball->message);
    }
}

static void go_on(struct shard *here, unsigned hop)
{
    (void)here;
    (void)hop;
}

static void exit_at_10(struct shard *here, unsigned hop)
{
    if (hop == 10)
        crew_exit(here, 4);
}

static void fail_at_10(struct shard *here, unsigned hop)
{
    if (hop == 10)
        crew_fail(here, 5);
}

TEST(a_crew_starts_and_stops_a_thousand_times_with_mail_in_flight)
{
    for (int i = 0; i < 1000; i++) {
        balls = 0;
        at_hop = i % 3 == 0 ? go_on : i % 3 == 1 ? exit_at_10 : fail_at_10;
        int expected = i % 3 == 0 ? 0 : i % 3 == 1 ? 4 : 5;
        CHECK_EQ(run_crew(4, throw_balls, i % 2 ? throw_balls : NULL),
                 expected);
        CHECK_TRUE(joined);
        CHECK_EQ(balls, 0);
        CHECK_TRUE(exits(4) <= (i % 3 == 0 ? 4 : i % 3 == 1 ? 3 : 0));
    }
}
