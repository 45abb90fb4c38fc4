// SPDX-License-Identifier: MIT
#include "sched/mailbox.h"

#include "sched/check.h"
#include "sched/crew.h"
#include "sched/fence.h"
#include "sched/topology.h"
#include "tests/test.h"

#include <dlfcn.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

struct letter {
    struct message message;
    unsigned from;
    unsigned long number; /* per sender and receiver, from 0 */
};

static struct letter *letter_of(struct task *task)
{
    struct message *message = CONTAINER_OF(task, struct message, task);
    return CONTAINER_OF(message, struct letter, message);
}

static atomic_ulong discarded;

static void discard(struct message *message)
{
    atomic_fetch_add(&discarded, 1);
    free(CONTAINER_OF(message, struct letter, message));
}

static void post(struct shard *from, unsigned to, unsigned long number,
                 void (*run)(struct task *task, struct shard *here))
{
    struct letter *letter = xcalloc(1, sizeof *letter);
    letter->message.task.run = run;
    letter->message.discard = discard;
    letter->from = from->id;
    letter->number = number;
    mailbox_post(from->mail, to, &letter->message);
}

/* ---- on one thread ------------------------------------------------------ */

enum { MANY = 3000 };

static struct shard *shards;
static struct mailbox **boxes;

static void open_shards(unsigned count)
{
    shards = xcalloc(count, sizeof *shards);
    boxes = xcalloc(count, sizeof *boxes);
    for (unsigned i = 0; i < count; i++) {
        CHECK_EQ(shard_open(&shards[i], i, count), 0);
        boxes[i] = shards[i].mail;
    }
    mailbox_introduce(boxes, count);
}

static void close_shards(unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        shard_close(&shards[i]);
    free(boxes);
    free(shards);
}

static atomic_ulong next_number;

static void run_in_order(struct task *task, struct shard *here)
{
    struct letter *letter = letter_of(task);
    CHECK_EQ(letter->number, next_number);
    next_number++;
    free(letter);
    (void)here;
}

/* Collect and run; returns how many. */
static size_t deliver(struct shard *to)
{
    mailbox_collect(to->mail, &to->inbox);
    size_t n = to->inbox.count;
    for (struct task *task; (task = ready_pop(&to->inbox)) != NULL;)
        task->run(task, to);
    return n;
}

TEST(a_full_ring_keeps_order_and_calls_its_sender)
{
    open_shards(2);
    next_number = 0;
    for (unsigned i = 0; i < MANY; i++)
        post(&shards[0], 1, i, run_in_order);
    CHECK_TRUE(!mailbox_is_sent(boxes[0]));
    CHECK_TRUE(!mailbox_has_mail(boxes[1]));

    for (unsigned round = 0; next_number < MANY && round < 100; round++) {
        mailbox_flush(boxes[0]);
        CHECK_EQ(mailbox_waiting(boxes[0], 1), MANY - next_number);
        if (!mailbox_is_sent(boxes[0])) {
            CHECK_TRUE(!mailbox_is_busy(boxes[0])); /* it may sleep */
            CHECK_EQ(shards[0].raised, 0);
        }
        bool full = !mailbox_is_sent(boxes[0]);
        size_t n = deliver(&shards[1]);
        CHECK_TRUE(n > 0 && n <= 256);
        CHECK_EQ(shards[0].raised != 0, full);
        shards[0].raised = 0;
    }
    CHECK_EQ(next_number, MANY);
    CHECK_EQ(mailbox_waiting(boxes[0], 1), 0);
    CHECK_TRUE(mailbox_is_sent(boxes[0]));
    CHECK_TRUE(!mailbox_is_busy(boxes[1]));
    close_shards(2);
}

TEST(mail_to_oneself_comes_in_order)
{
    open_shards(1);
    next_number = 0;
    for (unsigned i = 0; i < MANY; i++)
        post(&shards[0], 0, i, run_in_order);
    shard_turn(&shards[0]);
    CHECK_EQ(next_number, MANY);
    close_shards(1);
}

TEST(who_is_awake_gets_mail_before_the_turn_ends)
{
    open_shards(2);
    next_number = 0;
    mailbox_hurry(shards[0].mail, 1); /* nothing to send */
    post(&shards[0], 1, 0, run_in_order);
    mailbox_hurry(shards[0].mail, 1);
    CHECK_TRUE(mailbox_is_sent(shards[0].mail));
    shard_turn(&shards[1]);
    CHECK_EQ(next_number, 1);
    atomic_store(&shards[1].asleep, SHARD_ASLEEP);
    post(&shards[0], 1, 1, run_in_order);
    mailbox_hurry(shards[0].mail, 1);
    CHECK_TRUE(!mailbox_is_sent(shards[0].mail));
    atomic_store(&shards[1].asleep, SHARD_AWAKE);
    mailbox_flush(shards[0].mail);
    shard_turn(&shards[1]);
    CHECK_EQ(next_number, 2);
    close_shards(2);
}

static unsigned from_whom[256];

static void run_count(struct task *task, struct shard *here)
{
    struct letter *letter = letter_of(task);
    from_whom[letter->from]++;
    free(letter);
    (void)here;
}

TEST(a_flood_does_not_starve_the_other_senders)
{
    enum { COUNT = 200 };
    open_shards(COUNT);
    memset(from_whom, 0, sizeof from_whom);
    for (unsigned i = 1; i < COUNT; i++) {
        for (unsigned n = 0; n < (i % 5 == 1 ? 1000 : 1); n++)
            post(&shards[i], 0, 0, run_count);
        mailbox_flush(boxes[i]);
    }
    /* A round of the 40 floods takes four turns each. */
    for (unsigned turn = 0; turn < 41; turn++)
        CHECK_TRUE(deliver(&shards[0]) <= 256);
    for (unsigned i = 1; i < COUNT; i++)
        CHECK_TRUE(from_whom[i] > 0);
    while (deliver(&shards[0]) > 0)
        continue;
    for (unsigned i = 1; i < COUNT; i++)
        CHECK_EQ(from_whom[i], i % 5 == 1 ? 1000 : 1);
    CHECK_TRUE(!mailbox_is_busy(boxes[0]));
    close_shards(COUNT);
}

/* What has something to do in every turn. */
struct source {
    struct task task;   /* a ready task that pushes itself */
    struct timer timer; /* always due */
    uv_poll_t poll;     /* always readable, and its task reads nothing */
    struct task readable;
    unsigned tasks, timers, reads;
};

static void run_source(struct task *task, struct shard *here)
{
    CONTAINER_OF(task, struct source, task)->tasks++;
    ready_push(&here->ready, task);
}

static void run_due(struct task *task, struct shard *here)
{
    struct source *source = CONTAINER_OF(task, struct source, timer.task);
    source->timers++;
    timer_start(&here->timers, &source->timer, here->now);
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
    struct source *source = CONTAINER_OF(poll, struct source, poll);
    ready_push(poll->data, &source->readable);
    CHECK_TRUE(status == 0 && events == UV_READABLE);
}

static void run_readable(struct task *task, struct shard *here)
{
    CONTAINER_OF(task, struct source, readable)->reads++;
    (void)here;
}

static void source_start(struct source *source, struct shard *here, int fd)
{
    *source = (struct source){ .task.run = run_source,
                               .timer.task.run = run_due,
                               .readable.run = run_readable };
    ready_push(&here->ready, &source->task);
    timer_start(&here->timers, &source->timer, here->now);
    CHECK_EQ(uv_poll_init(&here->loop, &source->poll, fd), 0);
    source->poll.data = &here->ready;
    uv_poll_start(&source->poll, UV_READABLE, on_readable);
}

/* Every turn finds the ring full and 100 descriptors readable. */
TEST(floods_of_mail_and_of_sockets_starve_neither_each_other_nor_timers)
{
    enum { SOURCES = 100, TURNS = 50, BOUND = 256 };
    static struct source sources[SOURCES];
    open_shards(2);
    next_number = 0;
    for (unsigned i = 0; i < SOURCES; i++)
        source_start(&sources[i], &shards[1], eventfd(1, EFD_CLOEXEC));

    unsigned long posted = 0;
    for (unsigned turn = 1; turn <= TURNS; turn++) {
        while (mailbox_waiting(boxes[0], 1) < MANY)
            post(&shards[0], 1, posted++, run_in_order);
        mailbox_flush(boxes[0]);
        unsigned long before = next_number;
        shard_turn(&shards[1]);
        CHECK_EQ(next_number - before, BOUND);
        for (unsigned i = 0; i < SOURCES; i++) {
            CHECK_EQ(sources[i].tasks, turn);
            CHECK_EQ(sources[i].timers, turn);
            CHECK_EQ(sources[i].reads, turn);
        }
    }
    for (unsigned i = 0; i < SOURCES; i++) {
        int fd;
        CHECK_EQ(uv_fileno((uv_handle_t *)&sources[i].poll, &fd), 0);
        timer_stop(&shards[1].timers, &sources[i].timer);
        uv_close((uv_handle_t *)&sources[i].poll, NULL);
        close(fd);
    }
    close_shards(2);
}

/* Between the shards and libuv's. */
static atomic_uint wakes;

int uv_async_send(uv_async_t *async)
{
    int (*theirs)(uv_async_t *async);
    *(void **)&theirs = dlsym(RTLD_NEXT, "uv_async_send");
    wakes++;
    return theirs(async);
}

TEST(a_thousand_sends_in_a_turn_are_one_wake_of_each_who_sleeps)
{
    open_shards(4);
    shards[1].asleep = SHARD_ASLEEP;
    shards[2].asleep = SHARD_ASLEEP;
    wakes = 0;
    for (unsigned n = 0; n < 2; n++) {
        for (unsigned i = 0; i < 3000; i++)
            post(&shards[0], 1 + i % 3, i, run_count);
        CHECK_EQ(wakes, 2 * n);
        mailbox_flush(boxes[0]);
        CHECK_EQ(wakes, 2);
    }
    CHECK_EQ(shards[1].asleep, SHARD_AWAKE);
    close_shards(4);
}

TEST(mail_that_was_not_delivered_is_discarded)
{
    open_shards(3);
    discarded = 0;
    for (unsigned i = 0; i < MANY; i++)
        post(&shards[0], 1, i, run_count); /* more than the ring holds */
    post(&shards[0], 0, 0, run_count);
    post(&shards[1], 2, 0, run_count);
    mailbox_flush(boxes[0]);
    mailbox_collect(boxes[1], &shards[1].inbox); /* some of it */
    close_shards(3);
    CHECK_EQ(discarded, MANY + 2);
}

TEST(sixty_four_silent_shards_take_little_memory)
{
#if !defined __SANITIZE_ADDRESS__ && !defined FENCE_TSAN
    struct mallinfo2 before = mallinfo2();
    open_shards(64);
    struct mallinfo2 after = mallinfo2();
    size_t taken = after.uordblks + after.hblkhd - before.uordblks
                   - before.hblkhd;
    CHECK_TRUE(taken < 8 << 20);
    printf("    %zu bytes\n", taken);
    close_shards(64);
#endif
}

/* ---- all to all --------------------------------------------------------- */

enum { MOST = 16 };

/* SCHED_TEST_MESSAGES=100000000 for the long runs. */
static unsigned long messages(unsigned long usual)
{
    const char *wanted = getenv("SCHED_TEST_MESSAGES");
    return wanted == NULL ? usual : strtoul(wanted, NULL, 10);
}

static unsigned long each; /* messages a pair */
static struct talker {
    struct timer timer;
    unsigned long sent;
    unsigned long got[MOST];
    unsigned seed;
} talkers[MOST];

static void run_check(struct task *task, struct shard *here)
{
    struct letter *letter = letter_of(task);
    unsigned long *got = &talkers[here->id].got[letter->from];
    CHECK_EQ(letter->number, *got);
    ++*got;
    free(letter);
}

/* A burst to everybody, then now and then a pause, with the shard held by
 * nothing but its timer. */
static void run_talk(struct task *task, struct shard *here)
{
    struct talker *talker = CONTAINER_OF(task, struct talker, timer.task);
    shard_release(here);
    unsigned long burst = (unsigned long)rand_r(&talker->seed) % 700;
    for (; burst > 0 && talker->sent < each; burst--, talker->sent++)
        for (unsigned to = 0; to < here->count; to++)
            post(here, to, talker->sent, run_check);
    if (talker->sent == each)
        return;
    uint64_t pause = 0;
    if (rand_r(&talker->seed) % 4 == 0)
        pause = (uint64_t)rand_r(&talker->seed) % 2000000;
    shard_hold(here);
    timer_start(&here->timers, &talker->timer, uv_hrtime() + pause);
}

static int talk_open(struct shard *here, void *arg)
{
    struct talker *talker = &talkers[here->id];
    *talker = (struct talker){ .seed = here->id + 1,
                               .timer.task.run = run_talk };
    shard_hold(here);
    ready_push(&here->ready, &talker->timer.task);
    (void)arg;
    return 0;
}

/* The crew found itself idle: everything must have arrived. */
static void talk_exit(struct shard *here, void *arg)
{
    for (unsigned i = 0; i < here->count; i++)
        CHECK_EQ(talkers[here->id].got[i], each);
    (void)arg;
}

static void nothing(struct shard *here, void *arg)
{
    (void)here;
    (void)arg;
}

static bool spin;

static void run_crew(unsigned count,
                     int (*open)(struct shard *here, void *arg),
                     void (*exit)(struct shard *here, void *arg))
{
    struct crew_options options = { .count = count, .spin = spin };
    struct crew_program program = { open, exit, nothing, nothing, NULL };
    bool joined;
    discarded = 0;
    CHECK_EQ(crew_run(&options, &program, &joined), 0);
    CHECK_TRUE(joined);
    CHECK_EQ(discarded, 0);
}

TEST(all_to_all_loses_nothing_and_keeps_order)
{
    static const unsigned counts[] = { 2, 3, 4, 8, 16 };
    for (unsigned i = 0; i < 10; i++) {
        unsigned count = counts[i / 2];
        each = messages(100000) / (count * count) / 2;
        spin = i % 2 == 1;
        run_crew(count, talk_open, talk_exit);
    }
    spin = false;
}

/* ---- a receiver that stalls --------------------------------------------- */

static uint64_t cpu_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static atomic_bool stalls;
static struct task flood;

static bool is_sent(void *arg)
{
    struct shard *here = arg;
    return mailbox_is_sent(here->mail);
}

static void run_flood(struct task *task, struct shard *here)
{
    while (!stalls)
        uv_sleep(1);
    for (unsigned i = 0; i < MANY; i++)
        post(here, 1, i, run_in_order);
    uint64_t start = cpu_time();
    CHECK_EQ(shard_wait(here, is_sent, here), 0);
    CHECK_TRUE(cpu_time() - start < 100 * UINT64_C(1000000));
    CHECK_TRUE(next_number > 0); /* it did stall until now */
    CHECK_TRUE(here->turns < 100);
    (void)task;
}

static struct task stall;

static void run_stall(struct task *task, struct shard *here)
{
    stalls = true;
    uv_sleep(1000);
    (void)task;
    (void)here;
}

static int stall_open(struct shard *here, void *arg)
{
    ready_push(&here->ready, here->id == 0 ? &flood : &stall);
    (void)arg;
    return 0;
}

static void stall_exit(struct shard *here, void *arg)
{
    CHECK_EQ(next_number, MANY);
    (void)here;
    (void)arg;
}

TEST(a_sender_sleeps_while_its_receiver_stalls)
{
    next_number = 0;
    stalls = false;
    flood.run = run_flood;
    stall.run = run_stall;
    run_crew(2, stall_open, stall_exit);
}

/* ---- lost wakeups ------------------------------------------------------- */

/* To and fro between two shards, so that each is about to fall asleep when the
 * other's message comes.  A wakeup that is lost shows as a crew that ends too
 * early, or, where a hold keeps it from that, as one that stands still. */
enum hunt {
    BOTH_IDLE,   /* nothing but the mail keeps them alive */
    BOTH_HELD,   /* asleep, but not idle */
    ONE_AWAKE,   /* shard 0 polls: it hits shard 1 just before its sleep */
    HUNTS
};

static unsigned long to_send;
static enum hunt kind;
static struct hunter {
    struct timer watchdog;
    struct task poll;
    unsigned long got;
    unsigned long seen; /* `got`, by the watchdog */
    unsigned seed;
} hunters[2];

static void watch(struct shard *here, struct hunter *hunter)
{
    timer_start(&here->timers, &hunter->watchdog,
                uv_hrtime() + 10 * UINT64_C(1000000000));
}

static void run_watchdog(struct task *task, struct shard *here)
{
    struct hunter *hunter = CONTAINER_OF(task, struct hunter, watchdog.task);
    bool moves = hunter->got > hunter->seen;
    CHECK_TRUE(moves);
    hunter->seen = hunter->got;
    if (moves)
        watch(here, hunter);
    else
        crew_exit(here, 1);
}

static void run_poll(struct task *task, struct shard *here)
{
    if (hunters[here->id].got < to_send)
        ready_push(&here->ready, task);
}

static void pause_randomly(struct hunter *hunter)
{
    unsigned r = (unsigned)rand_r(&hunter->seed);
    volatile unsigned spins = r % 8 == 0 ? r / 8 % 4000 : r / 8 % 500;
    while (spins > 0)
        spins--;
}

static void run_hunt(struct task *task, struct shard *here)
{
    struct letter *letter = letter_of(task);
    struct hunter *hunter = &hunters[here->id];
    CHECK_EQ(letter->number, hunter->got);
    hunter->got++;
    if (hunter->got == to_send && kind == BOTH_HELD)
        shard_release(here);
    if (here->id == 0)
        pause_randomly(hunter);
    free(letter);
    if (here->id == 1)
        post(here, 0, hunter->got - 1, run_hunt);
    else if (hunter->got < to_send)
        post(here, 1, hunter->got, run_hunt);
}

static int hunt_open(struct shard *here, void *arg)
{
    struct hunter *hunter = &hunters[here->id];
    *hunter = (struct hunter){ .seed = here->id + 1,
                               .watchdog.task.run = run_watchdog,
                               .poll.run = run_poll };
    watch(here, hunter);
    if (kind == BOTH_HELD)
        shard_hold(here);
    if (kind == ONE_AWAKE && here->id == 0)
        ready_push(&here->ready, &hunter->poll);
    if (here->id == 0)
        post(here, 1, 0, run_hunt);
    (void)arg;
    return 0;
}

static void hunt_exit(struct shard *here, void *arg)
{
    CHECK_EQ(hunters[here->id].got, to_send);
    (void)arg;
}

static void hunt_close(struct shard *here, void *arg)
{
    timer_stop(&here->timers, &hunters[here->id].watchdog);
    (void)arg;
}

TEST(no_wakeup_is_lost)
{
    to_send = messages(300000) / 4 / HUNTS;
    /* On one core they only meet when one is preempted. */
    struct crew_options options = { .count = 2, .pin = true };
    struct crew_program program = { hunt_open, hunt_exit, nothing, hunt_close,
                                    NULL };
    for (unsigned i = 0; i < 2 * HUNTS; i++) {
        bool joined;
        kind = i / 2;
        options.spin = i % 2 == 1;
        CHECK_EQ(crew_run(&options, &program, &joined), 0);
    }
}

/* ---- looking out for mail ------------------------------------------------ */

#ifdef SCHED_CHAOS
static const bool pauses = true;
#else
static const bool pauses = false;
#endif

enum { TRIPS = 5000, SELDOM = 20 };

static unsigned trips_left;
static uint64_t slept;
static struct timer seldom;

static void run_trip(struct task *task, struct shard *here)
{
    free(letter_of(task));
    if (here->id == 0 && trips_left-- == 0)
        return;
    post(here, 1 - here->id, 0, run_trip);
}

static int trip_open(struct shard *here, void *arg)
{
    if (here->id == 0)
        post(here, 1, 0, run_trip);
    (void)arg;
    return 0;
}

static void trip_exit(struct shard *here, void *arg)
{
    if (here->id == 1)
        slept = here->wakes;
    (void)arg;
}

/* On a quiet machine a handful do not.  Where each wake takes long, as on a busy
 * one, it may take some tries. */
TEST(two_that_talk_come_to_find_each_other_awake)
{
    if (topology_cores() < 2 || pauses)
        return; /* one keeps the other from its core, or comes too late */
    spin = true;
    slept = TRIPS;
    for (int tries = 0; tries < 100 && slept > TRIPS / 10; tries++) {
        trips_left = TRIPS;
        run_crew(2, trip_open, trip_exit);
    }
    spin = false;
    CHECK_TRUE(slept <= TRIPS / 10);
    printf("    %lu of %d messages found the other asleep\n",
           (unsigned long)slept, TRIPS);
}

static void run_last(struct task *task, struct shard *here)
{
    free(letter_of(task));
    (void)here;
}

static void run_seldom(struct task *task, struct shard *here)
{
    (void)task;
    if (trips_left-- == 0) {
        shard_release(here);
        return;
    }
    post(here, 1, 0, run_last);
    timer_start(&here->timers, &seldom, uv_hrtime() + 5000000);
}

static int seldom_open(struct shard *here, void *arg)
{
    if (here->id == 0) {
        shard_hold(here);
        ready_push(&here->ready, &seldom.task);
    }
    (void)arg;
    return 0;
}

static void seldom_exit(struct shard *here, void *arg)
{
    /* A wake that came 4.9 ms late made the next sleep a short one. */
    CHECK_TRUE(here->id == 0 || here->quiet || here->eager[0] <= 0);
    (void)arg;
}

TEST(who_gets_mail_seldom_does_not_spin)
{
    spin = true;
    trips_left = SELDOM;
    seldom.task.run = run_seldom;
    run_crew(2, seldom_open, seldom_exit);
    spin = false;
}

static struct timer often, patience;

static void run_often(struct task *task, struct shard *here)
{
    (void)task;
    here->eager[0] = 16; /* as if it had paid */
    here->quiet = false;
    if (trips_left-- == 0) {
        crew_exit(here, 0);
        return;
    }
    timer_start(&here->timers, &often, uv_hrtime() + 1000000);
}

static void run_patience(struct task *task, struct shard *here)
{
    (void)task;
    CHECK_TRUE(!"a timer was missed");
    crew_exit(here, 0);
}

static int often_open(struct shard *here, void *arg)
{
    shard_hold(here);
    if (here->id == 0)
        ready_push(&here->ready, &often.task);
    else
        timer_start(&here->timers, &patience,
                    uv_hrtime() + UINT64_C(20000000000));
    (void)arg;
    return 0;
}

static void often_exit(struct shard *here, void *arg)
{
    if (here->id == 1)
        timer_stop(&here->timers, &patience);
    (void)arg;
}

TEST(a_timer_that_is_due_while_its_shard_spins_is_not_missed)
{
    spin = true;
    trips_left = 300;
    often.task.run = run_often;
    patience.task.run = run_patience;
    run_crew(2, often_open, often_exit);
    spin = false;
}
