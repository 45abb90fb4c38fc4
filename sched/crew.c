// SPDX-License-Identifier: MIT
#include "sched/crew.h"

#include "sched/chaos.h"
#include "sched/check.h"
#include "sched/mailbox.h"
#include "sched/topology.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    STACK = 8 << 20,
    PATIENCE = 1 /* seconds */
};

enum phase {
    RUNNING,
    DRAINED, /* all run exit() */
    EXITED,  /* all but the callers of crew_exit() run exit() */
    FAILED   /* nobody does */
};

enum place {
    OPENING,
    WORKING,
    LEAVING, /* in exit() */
    CLOSING,
    ENDED
};

struct seat {
    struct shard shard;
    struct crew *crew;
    pthread_t thread;
    struct signal stop; /* wakes it; what for is in the shard's flags */
    atomic_bool waits;  /* it rests in shard_wait() */
    /* Under the crew's lock. */
    enum place place;
    bool silent;      /* must not run exit() (any more) */
    bool interrupted; /* once is enough */
    bool stuck;       /* it has ended, and some work of it has not */
};

struct crew {
    struct crew_program program;
    struct crew_options options;
    struct topology topology;
    struct seat **seats;
    struct mailbox **boxes;
    unsigned count;
    unsigned started;

    pthread_mutex_t lock;
    pthread_cond_t changed; /* `ended` or `phase` */
    enum phase phase;
    int status;
    bool decided; /* `status` is */
    unsigned ended;

    char before[64];
    atomic_uint active; /* credits, see "idle" */
    char after[64];
};

static struct seat *seat_of(struct shard *shard)
{
    return CONTAINER_OF(shard, struct seat, shard);
}

/* ---- stopping ----------------------------------------------------------- */

/* Under the lock, as all that changes the phase. */
static void enter(struct crew *crew, enum phase phase)
{
    crew->phase = phase;
    for (unsigned i = 0; i < crew->count; i++) {
        crew->seats[i]->shard.stopping = true;
        signal_raise(&crew->seats[i]->stop);
    }
    pthread_cond_broadcast(&crew->changed);
}

static void decide(struct crew *crew, int status)
{
    if (!crew->decided)
        crew->status = status;
    crew->decided = true;
}

void crew_exit(struct shard *here, int status)
{
    struct seat *seat = seat_of(here);
    struct crew *crew = seat->crew;
    pthread_mutex_lock(&crew->lock);
    seat->silent = true;
    decide(crew, status & 0xff);
    if (crew->phase == RUNNING)
        enter(crew, EXITED);
    pthread_mutex_unlock(&crew->lock);
}

static void fail(struct seat *seat, int status)
{
    struct crew *crew = seat->crew;
    pthread_mutex_lock(&crew->lock);
    seat->silent = true;
    decide(crew, status);
    /* After crew_exit() the others may still run their exit(). */
    if (crew->phase == RUNNING || crew->phase == DRAINED)
        enter(crew, FAILED);
    pthread_mutex_unlock(&crew->lock);
}

void crew_fail(struct shard *here, int status)
{
    fail(seat_of(here), status & 0xff);
}

/* ---- idle --------------------------------------------------------------
 *
 * When is every shard idle and no message on its way?  `active` counts
 * credits.  Each shard starts with one.
 *
 *   give   A shard with no hold, nothing ready and empty outboxes announces
 *          IDLE, fences, finds no mail (fall_asleep()), and gives its credit
 *          away: active - 1.  Whoever takes the count to 0 has found the crew
 *          idle.
 *   take   Who wants to end that announcement first adds a credit for the
 *          shard, active + 1, then swaps IDLE for AWAKE; if another was faster
 *          it returns what it added, active - 1.  That is the shard when it
 *          wakes (wake_up()), or a sender that has just put mail in its ring
 *          (shard_wake()).
 *
 * A sender may take before the shard gives.  Then the shard goes to sleep,
 * giving, and is woken; or it notices at the end of fall_asleep() that it has
 * two credits, and returns one.
 *
 * 1. Where a shard does not announce IDLE its credit is counted.  A sender is
 *    awake, so it has one, and the count is not 0 while a sender runs.  Who
 *    returns a credit has, or sends with, another: no return makes it 0.
 * 2. At 0 no message is on its way.  Say S posted m and R has not collected
 *    it.  S gave its credit after the flush that put m in the ring, for with m
 *    in the outbox it does not give.  In that flush S rang R's bell, fenced
 *    and looked at R's announcement.
 *      It swapped IDLE: R got a credit before S gave its own.  R gives that
 *      only after it was awake and announced anew; before it gives then it
 *      looks at the bell, which rang before the swap that woke it.
 *      It saw AWAKE, or lost the swap: R had a credit, by 1, and by the two
 *      fences R's look after its next announcement sees the bell.
 *    In both cases R finds m before it gives, and does not give.
 * 3. At 0 somebody notices: the count changes by one, and the step to 0 is a
 *    give.
 *
 * tests/sched/model/crew.pml lets a model checker look for a way out of this.
 *
 * Signals are no messages: one from a thread that is no shard may come at any
 * time.  It does not swap the announcement, so it takes no credit, and the
 * shard it wakes takes its own.  Who waits for a signal holds the shard, and
 * so it is not idle.  Without a hold the crew may find itself idle while the
 * signal is on its way, and end; what runs then still ends in order.
 */
static struct seat *lowest_waiting(struct crew *crew)
{
    for (unsigned i = 0; i < crew->count; i++)
        if (crew->seats[i]->waits)
            return crew->seats[i];
    return NULL;
}

/* The second look at the count: a signal may have woken somebody, who will
 * rest again and find the same.  A wait that was given up already and did not
 * notice yet is not given up twice: who notices has taken its credit before,
 * so the count has to be read last. */
static void all_idle(struct crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    struct seat *seat = lowest_waiting(crew);
    if (crew->phase == RUNNING && !(seat != NULL && seat->shard.stranded)
        && atomic_load(&crew->active) == 0) {
        if (seat == NULL) {
            enter(crew, DRAINED);
        } else {
            seat->shard.stranded = true;
            signal_raise(&seat->stop);
        }
    }
    pthread_mutex_unlock(&crew->lock);
}

/* Release: what this shard did, for whoever finds the crew idle; acquire: for
 * this one, if it does. */
void crew_give(struct shard *here)
{
    struct seat *seat = seat_of(here);
    seat->waits = here->depth > 0;
    chaos();
    if (atomic_fetch_sub_explicit(&seat->crew->active, 1,
                                  memory_order_acq_rel) == 1)
        all_idle(seat->crew);
    chaos();
}

void crew_take(struct shard *shard)
{
    chaos();
    atomic_fetch_add_explicit(&shard->crew->active, 1, memory_order_acq_rel);
    chaos();
}

void crew_return(struct shard *shard)
{
    chaos();
    CHECK(atomic_fetch_sub_explicit(&shard->crew->active, 1,
                                    memory_order_acq_rel) > 1);
}

/* ---- a shard's thread --------------------------------------------------- */

static void on_stop(struct task *task, struct shard *here)
{
    (void)task;
    (void)here;
}

static void move(struct seat *seat, enum place place)
{
    struct crew *crew = seat->crew;
    pthread_mutex_lock(&crew->lock);
    seat->place = place;
    if (place == ENDED && ++crew->ended == crew->started)
        pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
}

/* On to LEAVING, when exit() may run. */
static bool may_leave(struct seat *seat)
{
    struct crew *crew = seat->crew;
    pthread_mutex_lock(&crew->lock);
    bool may = !seat->silent && crew->phase != FAILED;
    if (may)
        seat->place = LEAVING;
    pthread_mutex_unlock(&crew->lock);
    return may;
}

static void settle_down(struct seat *seat)
{
    char name[16];
    snprintf(name, sizeof name, "shard %u", seat->shard.id);
    pthread_setname_np(pthread_self(), name);
    const struct topology *topology = &seat->crew->topology;
    if (seat->crew->options.pin && topology->count > 0)
        topology_pin(pthread_self(),
                     topology->core[seat->shard.id % topology->count]);
}

static void *run_seat(void *arg)
{
    struct seat *seat = arg;
    struct shard *shard = &seat->shard;
    const struct crew_program *program = &seat->crew->program;
    settle_down(seat);
    int err = program->open(shard, program->arg);
    if (err != 0) {
        fail(seat, err);
    } else {
        move(seat, WORKING);
        while (!shard->stopping)
            shard_turn(shard);
        if (may_leave(seat))
            program->exit(shard, program->arg);
    }
    move(seat, CLOSING);
    shard_flush(shard);
    program->close(shard, program->arg);
    seat->stuck = !shard_settle(shard);
    move(seat, ENDED);
    return NULL;
}

/* ---- the main thread ---------------------------------------------------- */

static struct seat *seat_new(struct crew *crew)
{
    struct seat *seat = aligned_alloc(64, (sizeof *seat + 63) / 64 * 64);
    CHECK(seat != NULL);
    *seat = (struct seat){ .crew = crew };
    return seat;
}

static int seat_open(struct crew *crew, unsigned id)
{
    struct seat *seat = seat_new(crew);
    int err = shard_open(&seat->shard, id, crew->count);
    if (err != 0) {
        free(seat);
        return err;
    }
    seat->shard.crew = crew;
    seat->shard.may_roam = crew->options.roam || !crew->options.pin;
    seat->shard.may_spin = crew->options.spin && crew->count > 1;
    signal_init(&seat->stop, &seat->shard, on_stop);
    crew->seats[id] = seat;
    crew->boxes[id] = seat->shard.mail;
    return 0;
}

/* The first `count` shards: none of them runs any more. */
static void crew_close(struct crew *crew, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        shard_close(&crew->seats[i]->shard);
        free(crew->seats[i]);
    }
    pthread_cond_destroy(&crew->changed);
    pthread_mutex_destroy(&crew->lock);
    free(crew->boxes);
    free(crew->seats);
    free(crew);
}

static int crew_open(struct crew **out, const struct crew_options *options,
                     const struct crew_program *program)
{
    struct crew *crew = xcalloc(1, sizeof *crew);
    crew->program = *program;
    crew->options = *options;
    crew->count = options->count;
    crew->seats = xcalloc(crew->count, sizeof crew->seats[0]);
    crew->boxes = xcalloc(crew->count, sizeof crew->boxes[0]);
    atomic_init(&crew->active, crew->count);
    if (options->pin)
        topology_read(&crew->topology, "");
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&crew->changed, &attr);
    pthread_condattr_destroy(&attr);
    pthread_mutex_init(&crew->lock, NULL);
    for (unsigned i = 0; i < crew->count; i++) {
        int err = seat_open(crew, i);
        if (err != 0) {
            crew_close(crew, i);
            return err;
        }
    }
    mailbox_introduce(crew->boxes, crew->count);
    *out = crew;
    return 0;
}

/* A thread that cannot be started fails the crew; those before it run. */
static void start(struct crew *crew)
{
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, STACK);
    pthread_mutex_lock(&crew->lock);
    for (unsigned i = 0; i < crew->count; i++) {
        struct seat *seat = crew->seats[i];
        int err = pthread_create(&seat->thread, &attr, run_seat, seat);
        if (err != 0) {
            decide(crew, -err);
            enter(crew, FAILED);
            break;
        }
        crew->started++;
    }
    pthread_mutex_unlock(&crew->lock);
    pthread_attr_destroy(&attr);
}

/* Under the lock.  False when `seconds` passed before all have ended. */
static bool await_end(struct crew *crew, unsigned seconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    int err = 0;
    while (crew->ended < crew->started && err == 0)
        err = pthread_cond_timedwait(&crew->changed, &crew->lock, &until);
    return crew->ended == crew->started;
}

/* Under the lock, so that nobody closes meanwhile: those who are at a place
 * up to `last`.  False when there was none. */
static bool interrupt(struct crew *crew, enum place last)
{
    bool any = false;
    for (unsigned i = 0; i < crew->started; i++) {
        struct seat *seat = crew->seats[i];
        if (seat->interrupted || seat->place < WORKING || seat->place > last)
            continue;
        seat->silent = true;
        seat->interrupted = true;
        crew->program.interrupt(&seat->shard, crew->program.arg);
        any = true;
    }
    return any;
}

/* Under the lock.  Who is in exit() when the others are interrupted gets one
 * more second for it. */
static void end(struct crew *crew)
{
    if (crew->phase == FAILED) {
        interrupt(crew, LEAVING);
        await_end(crew, PATIENCE);
        return;
    }
    if (await_end(crew, PATIENCE))
        return;
    interrupt(crew, WORKING);
    if (!await_end(crew, PATIENCE) && interrupt(crew, LEAVING))
        await_end(crew, PATIENCE);
}

static void supervise(struct crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    while (crew->ended < crew->started
           && (crew->phase == RUNNING || crew->phase == DRAINED))
        pthread_cond_wait(&crew->changed, &crew->lock);
    if (crew->ended < crew->started)
        end(crew);
    pthread_mutex_unlock(&crew->lock);
}

/* Those that have ended.  False when something of a shard is left. */
static bool crew_join(struct crew *crew)
{
    bool joined = true;
    for (unsigned i = 0; i < crew->started; i++) {
        struct seat *seat = crew->seats[i];
        pthread_mutex_lock(&crew->lock);
        bool ended = seat->place == ENDED;
        pthread_mutex_unlock(&crew->lock);
        if (ended)
            pthread_join(seat->thread, NULL);
        joined &= ended && !seat->stuck;
    }
    return joined;
}

int crew_run(const struct crew_options *options,
             const struct crew_program *program, bool *joined)
{
    CHECK(options->count > 0);
    *joined = true;
    struct crew *crew;
    int err = crew_open(&crew, options, program);
    if (err != 0)
        return err;
    start(crew);
    supervise(crew);
    *joined = crew_join(crew);
    int status = crew->status;
    if (*joined)
        crew_close(crew, crew->count);
    return status; /* else the memory stays for those who still run */
}
