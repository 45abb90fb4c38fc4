// SPDX-License-Identifier: MIT
/*
 * mailbox: what a message between two shards costs, beside the least it could
 * cost between two threads; no V8.
 *
 *     mailbox [ROUNDS [MESSAGES]]        (default 9 rounds, 2,000,000 one way)
 *
 * One way, a message is 64 bytes, sent 256 at a time into a ring of 1024.  The
 * bare loop copies it through a CK_RING_PROTOTYPE of that struct; both publish
 * with a fence a batch and look whether the receiver sleeps.  Round trips
 * asleep are compared with two threads that block on an eventfd each, awake
 * with two that spin on a ring.  Each thread has a processor of its own.  Rounds
 * are interleaved; what is printed are medians, Markdown.
 */
#include "sched/check.h"
#include "sched/crew.h"
#include "sched/mailbox.h"

#include <ck_pr.h>
#include <ck_ring.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    CAPACITY = 1024,
    BATCH = 256,
    POOL = 4096, /* more than can be on the way and in an inbox */
    TRIPS = 3000,
    AWAKE = 100000,
    MAX_ROUNDS = 99
};

struct letter {
    struct message message;
    uint64_t number;
    uint64_t content[3];
};
_Static_assert(sizeof(struct letter) == 64, "a cache line");

static unsigned long messages = 2000000;

/* ---- Shards ------------------------------------------------------------- */

static struct letter *pool;
static struct task producer;
static unsigned long sent, arrived;
static unsigned trips;
static uint64_t began, ended;

static void discard(struct message *message)
{
    (void)message;
}

static void on_letter(struct task *task, struct shard *here)
{
    struct letter *letter = (struct letter *)task; /* all links come first */
    CHECK(letter->number == arrived);
    if (++arrived < messages)
        return;
    ended = uv_hrtime();
    crew_exit(here, 0);
}

static void post(struct shard *here, unsigned to, unsigned long number,
                 void (*run)(struct task *task, struct shard *here))
{
    struct letter *letter = &pool[number % POOL];
    letter->message = (struct message){ .task.run = run, .discard = discard };
    letter->number = number;
    mailbox_post(here->mail, to, &letter->message);
}

static void on_producer(struct task *task, struct shard *here)
{
    if (sent == 0)
        began = uv_hrtime();
    if (mailbox_waiting(here->mail, 1) <= CAPACITY - 1 - BATCH)
        for (int i = 0; i < BATCH && sent < messages; i++)
            post(here, 1, sent++, on_letter);
    if (sent < messages)
        ready_push(&here->ready, task);
}

static void on_trip(struct task *task, struct shard *here)
{
    (void)task;
    if (here->id == 0 && trips-- == 0) {
        ended = uv_hrtime();
        crew_exit(here, 0);
        return;
    }
    post(here, 1 - here->id, here->id, on_trip);
}

static void on_first_trip(struct task *task, struct shard *here)
{
    began = uv_hrtime();
    on_trip(task, here);
}

static int on_open(struct shard *here, void *first)
{
    if (here->id == 0) {
        producer = (struct task){ .run = *(void (**)(struct task *,
                                                     struct shard *))first };
        ready_push(&here->ready, &producer);
    }
    shard_hold(here); /* until crew_exit() */
    return 0;
}

static void on_end(struct shard *here, void *arg)
{
    (void)here;
    (void)arg;
}

/* Nanoseconds that passed between `began` and `ended`. */
static double run_crew(void (*first)(struct task *, struct shard *), bool spin)
{
    struct crew_options options = { .count = 2, .pin = true, .spin = spin };
    struct crew_program program = { .open = on_open, .exit = on_end,
                                    .interrupt = on_end, .close = on_end,
                                    .arg = &first };
    bool joined;
    CHECK(crew_run(&options, &program, &joined) == 0 && joined);
    return (double)(ended - began);
}

static double mailbox_one_way(void)
{
    sent = arrived = 0;
    return run_crew(on_producer, true) / (double)messages;
}

static double mailbox_asleep(void)
{
    trips = TRIPS;
    return run_crew(on_first_trip, false) / TRIPS;
}

static double mailbox_awake(void)
{
    trips = AWAKE;
    return run_crew(on_first_trip, true) / AWAKE;
}

/* ---- Bare threads ------------------------------------------------------- */

CK_RING_PROTOTYPE(letter, letter)

struct lane {
    ck_ring_t ring;
    char before[64];
    unsigned asleep;
    char after[64];
    int bell; /* an eventfd */
};

static struct lane lanes[2];
static struct letter slots[2][CAPACITY];

static void lane_open(int i)
{
    ck_ring_init(&lanes[i].ring, CAPACITY);
    lanes[i].asleep = 0;
    lanes[i].bell = eventfd(0, EFD_CLOEXEC);
    CHECK(lanes[i].bell >= 0);
}

static void ring(int bell)
{
    uint64_t one = 1;
    CHECK(write(bell, &one, sizeof one) == sizeof one);
}

static void await(int bell)
{
    uint64_t count;
    CHECK(read(bell, &count, sizeof count) == sizeof count);
}

/* Both wait for each other with the handshake of sched/shard.c. */
static void wake(struct lane *lane)
{
    ck_pr_fence_store_load();
    if (ck_pr_load_uint(&lane->asleep) && ck_pr_fas_uint(&lane->asleep, 0))
        ring(lane->bell);
}

static void sleep_on(struct lane *lane)
{
    ck_pr_store_uint(&lane->asleep, 1);
    ck_pr_fence_store_load();
    if (ck_ring_size(&lane->ring) == 0 || !ck_pr_fas_uint(&lane->asleep, 0))
        await(lane->bell);
}

static void send_all(void)
{
    struct letter letter = { .number = 0 };
    while (letter.number < messages) {
        for (int i = 0; i < BATCH && letter.number < messages; i++) {
            if (!ck_ring_enqueue_spsc_letter(&lanes[0].ring, slots[0],
                                             &letter))
                break;
            letter.number++;
        }
        wake(&lanes[0]);
    }
}

static void receive_all(void)
{
    struct letter letter;
    for (uint64_t n = 0; n < messages;) {
        if (!ck_ring_dequeue_spsc_letter(&lanes[0].ring, slots[0], &letter))
            sleep_on(&lanes[0]);
        else
            CHECK(letter.number == n++);
    }
}

static void toss(int i, uint64_t number)
{
    struct letter letter = { .number = number };
    CHECK(ck_ring_enqueue_spsc_letter(&lanes[i].ring, slots[i], &letter));
}

static void catch(int i)
{
    struct letter letter;
    while (!ck_ring_dequeue_spsc_letter(&lanes[i].ring, slots[i], &letter))
        ck_pr_stall();
}

static void ping_awake(void)
{
    for (unsigned n = 0; n < AWAKE; n++) {
        toss(0, n);
        catch (1);
    }
}

static void pong_awake(void)
{
    for (unsigned n = 0; n < AWAKE; n++) {
        catch (0);
        toss(1, n);
    }
}

static void ping_asleep(void)
{
    for (unsigned n = 0; n < TRIPS; n++) {
        ring(lanes[0].bell);
        await(lanes[1].bell);
    }
}

static void pong_asleep(void)
{
    for (unsigned n = 0; n < TRIPS; n++) {
        await(lanes[0].bell);
        ring(lanes[1].bell);
    }
}

struct half {
    void (*run)(void);
    int processor;
};

static void *run_half(void *arg)
{
    struct half *half = arg;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(half->processor, &set);
    pthread_setaffinity_np(pthread_self(), sizeof set, &set);
    half->run();
    return NULL;
}

/* The first two processors that we may use. */
static void find_processors(int processors[2])
{
    cpu_set_t set;
    int found = 0;
    sched_getaffinity(0, sizeof set, &set);
    for (int i = 0; i < CPU_SETSIZE && found < 2; i++)
        if (CPU_ISSET(i, &set))
            processors[found++] = i;
    CHECK(found == 2);
}

static double run_threads(void (*first)(void), void (*second)(void))
{
    int processors[2];
    find_processors(processors);
    struct half halves[] = { { first, processors[0] },
                             { second, processors[1] } };
    pthread_t threads[2];
    lane_open(0);
    lane_open(1);
    uint64_t start = uv_hrtime();
    for (int i = 0; i < 2; i++)
        CHECK(pthread_create(&threads[i], NULL, run_half, &halves[i]) == 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    uint64_t end = uv_hrtime();
    close(lanes[0].bell);
    close(lanes[1].bell);
    return (double)(end - start);
}

static double bare_one_way(void)
{
    return run_threads(send_all, receive_all) / (double)messages;
}

static double bare_asleep(void)
{
    return run_threads(ping_asleep, pong_asleep) / TRIPS;
}

static double bare_awake(void)
{
    return run_threads(ping_awake, pong_awake) / AWAKE;
}

/* ---- The table ---------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    return values[count / 2];
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        double (*shards)(void);
        double (*bare)(void);
    } rows[] = {
        { "one way", mailbox_one_way, bare_one_way },
        { "round trip, asleep", mailbox_asleep, bare_asleep },
        { "round trip, awake", mailbox_awake, bare_awake },
    };
    double shards[MAX_ROUNDS], bare[MAX_ROUNDS], ratio[MAX_ROUNDS];
    int rounds = argc > 1 ? atoi(argv[1]) : 9;
    if (argc > 2)
        messages = strtoul(argv[2], NULL, 10);
    if (rounds < 1 || rounds > MAX_ROUNDS || messages < 1) {
        fprintf(stderr, "usage: mailbox [ROUNDS, 1 to %d [MESSAGES]]\n",
                MAX_ROUNDS);
        return 1;
    }
    pool = aligned_alloc(64, POOL * sizeof *pool);
    CHECK(pool != NULL);
    printf("| ns | shards | bare | ratio | least | most |\n"
           "|---|--:|--:|--:|--:|--:|\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int r = 0; r < rounds; r++) {
            shards[r] = rows[i].shards();
            bare[r] = rows[i].bare();
            ratio[r] = shards[r] / bare[r];
        }
        double middle = median(ratio, rounds);
        printf("| %s | %.1f | %.1f | **%.2f** | %.2f | %.2f |\n", rows[i].name,
               median(shards, rounds), median(bare, rounds), middle, ratio[0],
               ratio[rounds - 1]);
    }
    return 0;
}
