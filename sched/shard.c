// SPDX-License-Identifier: MIT
#include "sched/shard.h"

#include "sched/check.h"
#include "sched/crew.h"
#include "sched/fence.h"
#include "sched/mailbox.h"
#include "sched/topology.h"
#include "sched/work.h"

#include <errno.h>
#include <string.h>

enum {
    MICROSECOND = 1000,
    MILLISECOND = 1000 * MICROSECOND,
    SPIN = 100 * MICROSECOND, /* ns of looking out, at most */
    SPIN_AWAITED = 2 * SPIN,  /* the same, when an answer is awaited */
    SHORT = 4 * SPIN,         /* ns of a sleep that was worth sparing */
    EAGER = 16,
    DISAPPOINTED = 4,
    WATCH = 10 * MILLISECOND, /* ns, at least, that watch() judges by */
    PATIENCE = 100 /* ms for work that runs when its shard closes */
};

/* Both only end the poll: what there is to do is found by the turn. */
static void on_async(uv_async_t *async)
{
    (void)async;
}

static void on_alarm(uv_timer_t *alarm)
{
    (void)alarm;
}

int shard_open(struct shard *s, unsigned id, unsigned count)
{
    memset(s, 0, sizeof *s);
    s->id = id;
    s->count = count;
    int err = uv_loop_init(&s->loop);
    if (err != 0)
        return err;
    err = uv_async_init(&s->loop, &s->async, on_async);
    if (err != 0)
        goto fail_async;
    uv_timer_init(&s->loop, &s->alarm);
    ready_init(&s->ready);
    ready_init(&s->input);
    ready_init(&s->inbox);
    ready_init(&s->batch);
    ready_init(&s->flush);
    timers_init(&s->timers);
    list_init(&s->works);
    s->home = -1;
    s->opened = s->watched = s->now = uv_hrtime();
    wheel_init(&s->wheel, s->now);
    s->mail = mailbox_open(s);
    return 0;

fail_async:
    CHECK(uv_loop_close(&s->loop) == 0);
    return err;
}

static void check_closing(uv_handle_t *handle, void *arg)
{
    struct shard *s = arg;
    CHECK(handle == (uv_handle_t *)&s->async
          || handle == (uv_handle_t *)&s->alarm || uv_is_closing(handle));
}

bool shard_settle(struct shard *s)
{
    uv_handle_t *alarm = (uv_handle_t *)&s->alarm;
    if (s->stuck)
        return false;
    uv_walk(&s->loop, check_closing, s);
    work_close(s);
    uv_unref((uv_handle_t *)&s->async);
    uv_unref(alarm);
    uv_update_time(&s->loop);
    uv_timer_start(&s->alarm, on_alarm, PATIENCE, 0);
    while (uv_run(&s->loop, UV_RUN_ONCE) != 0 && uv_is_active(alarm))
        continue;
    uv_timer_stop(&s->alarm);
    s->stuck = uv_loop_alive(&s->loop);
    return !s->stuck;
}

void shard_close(struct shard *s)
{
    CHECK(shard_settle(s));
    timers_fini(&s->timers);
    mailbox_close(s->mail);
    uv_close((uv_handle_t *)&s->async, NULL);
    uv_close((uv_handle_t *)&s->alarm, NULL);
    uv_run(&s->loop, UV_RUN_DEFAULT);
    CHECK(uv_loop_close(&s->loop) == 0);
}

/* The bit is cleared just before the code runs, so a signal that is raised
 * while its task waits runs once, and one that is raised by then runs again.
 * Acquire: pairs with each raise, whose stores run() has to see. */
static void run_signal(struct task *task, struct shard *here)
{
    struct signal *signal = CONTAINER_OF(task, struct signal, task);
    atomic_fetch_and_explicit(&here->raised, ~signal->bit,
                              memory_order_acquire);
    signal->run(task, here);
}

void signal_init(struct signal *signal, struct shard *shard,
                 void (*run)(struct task *task, struct shard *here))
{
    CHECK(shard->signal_count < SHARD_SIGNALS);
    *signal = (struct signal){ .task.run = run_signal,
                               .shard = shard,
                               .run = run,
                               .bit = 1U << shard->signal_count };
    shard->signals[shard->signal_count++] = signal;
}

/* Whoever finds the bit set already leaves the waking to whoever set it.  The
 * fence orders the bit before the look at `asleep`; its counterpart is in
 * fall_asleep().  Acquire on `asleep`: the owner cleared libuv's pending flag
 * before it fell asleep, so uv_async_send() cannot see the flag still set and
 * take an old wakeup for this one.  The sleep stays announced: the credit of
 * an idle shard can only be given back by who has one (see crew.c). */
void signal_raise(struct signal *signal)
{
    struct shard *s = signal->shard;
    unsigned was = atomic_fetch_or_explicit(&s->raised, signal->bit,
                                            memory_order_release);
    if (was & signal->bit)
        return;
    fence_full();
    if (atomic_load_explicit(&s->asleep, memory_order_acquire) != SHARD_AWAKE)
        uv_async_send(&s->async);
}

/* One of those who find it asleep wakes it.  Acquire: as in signal_raise().  An
 * idle shard gets its credit first: who finds it awake relies on that. */
void shard_wake(struct shard *s)
{
    unsigned seen = atomic_load_explicit(&s->asleep, memory_order_relaxed);
    while (seen != SHARD_AWAKE) {
        bool idle = seen == SHARD_IDLE;
        if (idle)
            crew_take(s);
        if (atomic_compare_exchange_strong_explicit(
                &s->asleep, &seen, SHARD_AWAKE, memory_order_acq_rel,
                memory_order_relaxed)) {
            uv_async_send(&s->async);
            return;
        }
        if (idle)
            crew_return(s); /* it woke by itself, or another was faster */
    }
}

static unsigned awaken(struct shard *s)
{
    return atomic_exchange_explicit(&s->asleep, SHARD_AWAKE,
                                    memory_order_acq_rel);
}

/* Tell the processor that this is a loop which waits. */
static void relax(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

static bool has_work(const struct shard *s)
{
    return s->ready.count > 0 || s->input.count > 0 || s->inbox.count > 0
           || s->batch.count > 0
           || s->flush.count > 0;
}

/* Announce the sleep, then look once more at what other threads may have left.
 *
 *     owner                           another thread
 *     asleep = 1                      leave mail, or raise a signal
 *     -- full fence --                -- full fence --
 *     mail or signal?                 asleep?
 *       yes: do not sleep               yes: uv_async_send()
 *       no:  uv_run(ONCE)               no:  the owner will look
 *
 * Of the two fences one comes second, in the one order of all sequentially
 * consistent fences, and the side it belongs to sees the other's store.  So
 * nothing is ever left to an owner who sleeps.  Release/acquire would not do:
 * both loads could pass both stores, on x86 too.  tests/sched/model/crew.pml
 * shows what happens without either.
 *
 * Release: a waker that sees the flag sees libuv's pending flag cleared. */
static bool fall_asleep(struct shard *s)
{
    bool idle = s->holds == 0 && mailbox_is_sent(s->mail);
    bool counted = idle && s->crew != NULL;
    atomic_store_explicit(&s->asleep, counted ? SHARD_IDLE : SHARD_ASLEEP,
                          memory_order_release);
    fence_full();
    if (atomic_load_explicit(&s->raised, memory_order_relaxed) == 0
        && !mailbox_has_mail(s->mail)) {
        s->idle = counted;
        if (counted)
            crew_give(s);
        if (counted || !idle || s->depth == 0)
            return true;
        s->stranded = true; /* nobody else can end the wait */
    }
    if (awaken(s) == SHARD_AWAKE && counted)
        crew_return(s); /* it has two: a sender took one for it */
    return false;
}

/* The credit first, as in shard_wake().  True: another shard woke it. */
static bool wake_up(struct shard *s)
{
    if (s->idle)
        crew_take(s);
    bool woken = awaken(s) == SHARD_AWAKE; /* by a sender */
    if (woken && s->idle)
        crew_return(s);
    s->wakes += woken;
    s->idle = false;
    return woken;
}

/* Set the alarm for the next deadline, rounded up to libuv's milliseconds.
 * Its clock may lag by one, so it can ring early: the next turn sets it again.
 * False: the deadline has passed. */
static bool set_alarm(struct shard *s)
{
    uint64_t next = timers_next(&s->timers);
    uint64_t timeout = wheel_next(&s->wheel);
    if (timeout < next)
        next = timeout;
    if (next == UINT64_MAX) {
        uv_timer_stop(&s->alarm);
        return true;
    }
    uv_update_time(&s->loop);
    uint64_t now = uv_hrtime();
    if (next <= now)
        return false;
    uv_timer_start(&s->alarm, on_alarm, (next - now - 1) / MILLISECOND + 1, 0);
    return true;
}

/* A microsecond or so.  True: mail or a signal has come. */
static bool look_out(struct shard *s)
{
    for (int looks = 32; looks > 0; looks--) {
        if (mailbox_has_mail(s->mail) ||
            atomic_load_explicit(&s->raised, memory_order_relaxed) != 0)
            return true;
        relax();
    }
    return false;
}

static void learn(struct shard *s, int change)
{
    int *eager = &s->eager[s->awaited > 0];
    *eager += change;
    if (*eager > EAGER)
        *eager = EAGER;
    if (*eager < -EAGER)
        *eager = -EAGER;
}

/* To sleep and be woken takes tens of microseconds, to see mail a fraction of
 * one.  So a shard that has a core of its own looks out for a while before it
 * sleeps, where that has paid: short sleeps that mail ended make it eager, mail
 * that it saw coming more so, waiting in vain less so.  Two shards that talk to
 * each other come to find each other awake; one whose mail is seldom never
 * spins.  Who has asked and awaits the answer learns apart from who does not.
 * Before each look it polls: what sockets have does not wait for mail, and when
 * mail is seen nothing more stands before it.
 *
 * True: it has polled, and there is something to do. */
static bool spin(struct shard *s)
{
    bool away = s->quiet && s->may_roam;
    if (!s->may_spin || away || s->eager[s->awaited > 0] <= 0)
        return false;
    uint64_t until = uv_hrtime() + (s->awaited > 0 ? SPIN_AWAITED : SPIN);
    while (uv_hrtime() < until) {
        uv_run(&s->loop, UV_RUN_NOWAIT);
        if (has_work(s))
            return true;
        if (look_out(s)) {
            learn(s, 2);
            return true;
        }
    }
    learn(s, -DISAPPOINTED);
    return false;
}

static void sleep_once(struct shard *s)
{
    uint64_t from = uv_hrtime();
    uv_run(&s->loop, UV_RUN_ONCE);
    bool mail = wake_up(s);
    s->now = uv_hrtime();
    uint64_t slept = s->now - from;
    s->asleep_for += slept;
    if (slept >= SHORT)
        s->slept_long += slept;
    else if (mail)
        learn(s, 1);
}

/* To wake a core that has halted takes long, in a virtual machine longer than
 * all else of a message.  A shard that sleeps most of the time pays that at
 * each wake if it is bound to its core, while the waker's own is running.  So a
 * quiet shard is not bound, if it may roam: the system decides, as for any
 * thread.  Nor does it spin then: who is to answer may wait for this very core.
 * What is woken again and again is not quiet, however short it runs. */
static void watch(struct shard *s)
{
    uint64_t passed = s->now - s->watched;
    if (passed < WATCH)
        return;
    uint64_t limit = s->quiet ? passed / 2 : passed / 8 * 7;
    bool quiet = s->slept_long > limit;
    s->watched = s->now;
    s->slept_long = 0;
    if (quiet == s->quiet)
        return;
    s->quiet = quiet;
    if (!s->may_roam)
        return;
    if (quiet)
        s->home = topology_unpin();
    else
        topology_repin(s->home);
}

static void poll(struct shard *s)
{
    bool may_sleep = !has_work(s) && !mailbox_is_busy(s->mail);
    /* The alarm last: it may ring while we spin. */
    if (may_sleep && spin(s)) {
        s->now = uv_hrtime();
    } else if (may_sleep && set_alarm(s) && fall_asleep(s)) {
        sleep_once(s);
    } else {
        uv_run(&s->loop, UV_RUN_NOWAIT);
        s->now = uv_hrtime();
    }
}

uint64_t shard_busy(const struct shard *s)
{
    return uv_hrtime() - s->opened - s->asleep_for;
}

static void collect(struct shard *s)
{
    unsigned raised = atomic_load_explicit(&s->raised, memory_order_relaxed);
    for (; raised != 0; raised &= raised - 1)
        ready_push(&s->ready, &s->signals[__builtin_ctz(raised)]->task);
    timers_collect(&s->timers, s->now, &s->ready);
    wheel_collect(&s->wheel, s->now, &s->ready);
    mailbox_collect(s->mail, &s->inbox);
}

static void run_batch(struct shard *s);

/* As many as there are now; fewer when one of them waits and its nested turns
 * take the rest, or when the crew stops. */
static void run(struct shard *s, struct ready *queue)
{
    for (size_t n = queue->count; n > 0 && !s->stopping; n--) {
        struct task *task = ready_pop(queue);
        if (task == NULL)
            return;
        task->run(task, s);
        if (s->hurried)
            run_batch(s);
    }
}

static void run_batch(struct shard *s)
{
    s->hurried = false;
    run(s, &s->batch);
    shard_flush(s);
}

void shard_flush(struct shard *s)
{
    s->now = uv_hrtime(); /* programs ran */
    for (size_t n = s->flush.count; n > 0; n--) {
        struct task *task = ready_pop(&s->flush);
        task->run(task, s);
    }
}

void shard_turn(struct shard *s)
{
    s->turns++;
    shard_flush(s);
    mailbox_flush(s->mail);
    poll(s);
    watch(s);
    collect(s);
    run(s, &s->ready);
    if (s->input.count > 0)
        s->now = uv_hrtime();
    run(s, &s->input);
    run(s, &s->inbox);
    run(s, &s->batch);
}

static int wait_here(struct shard *s, bool (*done)(void *arg), void *arg)
{
    s->stranded = false;
    for (;;) {
        if (s->stopping)
            return -ECANCELED;
        shard_turn(s);
        bool stranded = atomic_exchange(&s->stranded, false);
        if (done(arg))
            return 0;
        if (stranded)
            return -EDEADLK;
    }
}

int shard_wait(struct shard *s, bool (*done)(void *arg), void *arg)
{
    if (done(arg))
        return 0;
    if (s->depth == SHARD_WAIT_DEPTH)
        return -ELOOP;
    s->depth++;
    int err = wait_here(s, done, arg);
    s->depth--;
    return err;
}
