// SPDX-License-Identifier: MIT
#include "sched/mailbox.h"

#include "sched/chaos.h"
#include "sched/check.h"
#include "sched/fence.h"
#include "sched/shard.h"

#include <ck_pr.h>
#include <ck_ring.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef FENCE_TSAN
void __tsan_acquire(void *address);
void __tsan_release(void *address);
#else
#define __tsan_acquire(address) ((void)(address))
#define __tsan_release(address) ((void)(address))
#endif

enum {
    SLOTS = 1024, /* a power of two; the ring holds one fewer */
    TURN = 256,   /* most messages collected in a turn */
    LINE = 64     /* bytes of a cache line */
};

/* ck_ring puts c_head, which the receiver writes, and p_tail, which the sender
 * writes, on lines of their own; size and mask never change, `full` seldom. */
struct ring {
    struct ck_ring ck;
    atomic_bool full; /* the sender has more, and waits for room */
    _Alignas(LINE) struct message *slots[SLOTS];
};

/* The sender's end. */
struct outbox {
    struct list_node link; /* in `unsent` */
    struct list messages;
    size_t count;
    struct ring *ring; /* the receiver frees it */
    unsigned head;     /* c_head as last seen: looked up when it runs out */
    unsigned to;
};

struct mailbox {
    /* Set once, read by senders. */
    struct shard *owner;
    struct mailbox **boxes; /* of all shards; NULL: not introduced */
    unsigned count;         /* of shards */
    unsigned words;         /* of a bitmap of shards */
    struct signal room;     /* raised by a receiver who drained a full ring */

    /* By sender; written by it once, before its first bell. */
    struct ring *_Atomic *in;

    /* Written by senders: a bit each, set after something was put in a ring;
     * so a turn looks at one word and not at every ring. */
    _Atomic uint64_t *bell;

    /* Used by the owner, all the time. */
    _Alignas(LINE) struct list unsent; /* the outboxes that hold messages */
    bool retry;                        /* a ring that was full had room again */
    unsigned next;                     /* whose mail to collect first */
    uint64_t *known; /* a bit a sender whose ring was not emptied */
    struct outbox *out; /* by receiver */
};

/* A counter's new value is the licence to use the slots that it passed: the
 * release keeps the use of the slots before the store of the counter, the
 * acquire keeps it behind the load.  ThreadSanitizer cannot see ck's. */
static unsigned counter_acquire(unsigned *counter)
{
    unsigned value = ck_pr_load_uint(counter);
    ck_pr_fence_acquire();
    __tsan_acquire(counter);
    return value;
}

static void counter_release(unsigned *counter, unsigned value)
{
    __tsan_release(counter);
    ck_pr_fence_release();
    ck_pr_store_uint(counter, value);
}

/* Nothing to do: the turn it is raised in is followed by a flush. */
static void on_room(struct task *task, struct shard *here)
{
    (void)task;
    (void)here;
}

/* On lines of its own: what others write does not disturb the owner. */
static void *lines_new(size_t size)
{
    void *memory = aligned_alloc(LINE, (size + LINE - 1) / LINE * LINE);
    CHECK(memory != NULL);
    return memory;
}

struct mailbox *mailbox_open(struct shard *owner)
{
    struct mailbox *box = lines_new(sizeof *box);
    *box = (struct mailbox){ .owner = owner };
    box->count = owner->count;
    box->words = (owner->count + 63) / 64;
    list_init(&box->unsent);
    box->known = xcalloc(box->words, sizeof box->known[0]);
    box->out = xcalloc(box->count, sizeof box->out[0]);
    box->in = xcalloc(box->count, sizeof box->in[0]);
    box->bell = lines_new(box->words * sizeof box->bell[0]);
    for (unsigned i = 0; i < box->words; i++)
        atomic_init(&box->bell[i], 0);
    signal_init(&box->room, owner, on_room);
    return box;
}

void mailbox_introduce(struct mailbox **boxes, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        CHECK(boxes[i]->owner->id == i && boxes[i]->count == count);
        boxes[i]->boxes = boxes;
    }
}

static void discard(struct task *task)
{
    struct message *message = CONTAINER_OF(task, struct message, task);
    message->discard(message);
}

static void discard_list(struct list *list)
{
    struct list_node *node;
    while ((node = list_pop(list)) != NULL)
        discard((struct task *)node); /* link comes first */
}

static void ring_close(struct ring *ring)
{
    unsigned tail = counter_acquire(&ring->ck.p_tail);
    for (unsigned i = ring->ck.c_head; i != tail; i++)
        discard(&ring->slots[i % SLOTS]->task);
    free(ring);
}

void mailbox_close(struct mailbox *box)
{
    struct task *task;
    while ((task = ready_pop(&box->owner->inbox)) != NULL)
        discard(task);
    for (unsigned i = 0; i < box->count; i++) {
        struct ring *ring = atomic_load(&box->in[i]);
        if (ring != NULL)
            ring_close(ring);
        if (box->out[i].count > 0)
            discard_list(&box->out[i].messages);
    }
    free(box->bell);
    free(box->in);
    free(box->out);
    free(box->known);
    free(box);
}

void mailbox_post(struct mailbox *from, unsigned to, struct message *message)
{
    CHECK(to < from->count && !list_is_linked(&message->task.link));
    if (to == from->owner->id) {
        ready_push(&from->owner->inbox, &message->task);
        return;
    }
    CHECK(from->boxes != NULL);
    struct outbox *out = &from->out[to];
    if (out->count == 0) {
        out->to = to;
        list_init(&out->messages);
        list_push(&from->unsent, &out->link);
    }
    list_push(&out->messages, &message->task.link);
    out->count++;
}

size_t mailbox_waiting(const struct mailbox *from, unsigned to)
{
    const struct outbox *out = &from->out[to];
    if (out->ring == NULL)
        return out->count;
    return out->count + ck_ring_size(&out->ring->ck);
}

/* The first message of a pair. */
static struct ring *ring_open(struct mailbox *from, struct mailbox *to)
{
    struct ring *ring = lines_new(sizeof *ring);
    ck_ring_init(&ring->ck, SLOTS);
    atomic_init(&ring->full, false);
    /* Release: the ring before the pointer, for take(). */
    atomic_store_explicit(&to->in[from->owner->id], ring,
                          memory_order_release);
    return ring;
}

static unsigned room(struct outbox *out)
{
    return SLOTS - 1 - (out->ring->ck.p_tail - out->head);
}

/* Fill the ring, then publish all that was put by one store; from then on the
 * messages are the receiver's.  Returns how many. */
static unsigned put(struct outbox *out)
{
    struct ring *ring = out->ring;
    if (room(out) < out->count)
        out->head = counter_acquire(&ring->ck.c_head);
    unsigned tail = ring->ck.p_tail;
    unsigned n = room(out);
    if (n > out->count)
        n = out->count;
    for (unsigned i = 0; i < n; i++) {
        struct list_node *node = list_pop(&out->messages);
        struct task *task = (struct task *)node; /* link comes first */
        ring->slots[(tail + i) % SLOTS] =
            CONTAINER_OF(task, struct message, task);
    }
    out->count -= n;
    if (n > 0)
        counter_release(&ring->ck.p_tail, tail + n);
    return n;
}

/* Release: the ring's new tail before the bell, for hear_bells().
 * The fence: the bell before the look at the receiver's sleep; its counterpart
 * is in fall_asleep() of shard.c. */
static void announce(struct mailbox *from, struct mailbox *to)
{
    unsigned id = from->owner->id;
    atomic_fetch_or_explicit(&to->bell[id / 64], UINT64_C(1) << id % 64,
                             memory_order_release);
    fence_full();
    shard_wake(to->owner);
}

/* A ring is full, by the same handshake with the roles exchanged (in
 * tests/sched/model/crew.pml too):
 *
 *     sender                          receiver
 *     full = 1                        pass slots: store c_head
 *     -- full fence --                -- full fence --
 *     room?                           full?
 *       yes: flush again                yes: swap it to 0, raise `room`
 *       no:  may sleep                  no:  the sender will look
 */
static void wait_for_room(struct mailbox *from, struct outbox *out)
{
    chaos();
    atomic_store_explicit(&out->ring->full, true, memory_order_relaxed);
    fence_full();
    out->head = counter_acquire(&out->ring->ck.c_head);
    if (room(out) > 0)
        from->retry = true;
}

static void give_room(struct mailbox *sender, struct ring *ring)
{
    fence_full();
    if (atomic_load_explicit(&ring->full, memory_order_relaxed)
        && atomic_exchange_explicit(&ring->full, false, memory_order_relaxed))
        signal_raise(&sender->room);
}

/* Fill the ring of one outbox, and tell its receiver. */
static void send_out(struct mailbox *from, struct outbox *out)
{
    struct mailbox *to = from->boxes[out->to];
    if (out->ring == NULL)
        out->ring = ring_open(from, to);
    if (put(out) > 0)
        announce(from, to);
    if (out->count == 0)
        list_remove(&out->link);
    else
        wait_for_room(from, out);
}

void mailbox_flush(struct mailbox *from)
{
    from->retry = false;
    struct list_node *next;
    for (struct list_node *node = list_first(&from->unsent); node != NULL;
         node = next) {
        next = list_next(&from->unsent, node);
        send_out(from, CONTAINER_OF(node, struct outbox, link));
    }
}

void mailbox_hurry(struct mailbox *from, unsigned to)
{
    if (from->out[to].count > 0 && shard_is_awake(from->boxes[to]->owner))
        send_out(from, &from->out[to]);
}

/* At most `most` messages of one sender; returns how many.  Its bit in `known`
 * stays when there are more. */
static unsigned take(struct mailbox *box, unsigned id, unsigned most,
                     struct ready *inbox)
{
    /* Acquire: pairs with ring_open(). */
    struct ring *ring =
        atomic_load_explicit(&box->in[id], memory_order_acquire);
    unsigned head = ring->ck.c_head;
    unsigned n = counter_acquire(&ring->ck.p_tail) - head;
    if (n > most)
        n = most;
    else
        box->known[id / 64] &= ~(UINT64_C(1) << id % 64);
    for (unsigned i = 0; i < n; i++)
        ready_push(inbox, &ring->slots[(head + i) % SLOTS]->task);
    if (n > 0) {
        counter_release(&ring->ck.c_head, head + n);
        give_room(box->boxes[id], ring);
    }
    return n;
}

/* The bit is taken before the ring is looked at, so what is put in later rings
 * again; one that rang for mail which is taken already finds an empty ring. */
static bool hear_bells(struct mailbox *box)
{
    uint64_t any = 0;
    for (unsigned i = 0; i < box->words; i++) {
        if (atomic_load_explicit(&box->bell[i], memory_order_relaxed) != 0)
            box->known[i] |= atomic_exchange_explicit(&box->bell[i], 0,
                                                      memory_order_acquire);
        any |= box->known[i];
    }
    return any != 0;
}

/* The first sender at or after `from` whose mail is known, or `count`. */
static unsigned next_known(const struct mailbox *box, unsigned from)
{
    while (from < box->count) {
        uint64_t word = box->known[from / 64] >> from % 64;
        if (word != 0)
            return from + (unsigned)__builtin_ctzll(word);
        from += 64 - from % 64;
    }
    return box->count;
}

static unsigned sweep(struct mailbox *box, unsigned id, unsigned end,
                      unsigned left, struct ready *inbox)
{
    for (; left > 0 && (id = next_known(box, id)) < end; id++) {
        left -= take(box, id, left, inbox);
        box->next = id + 1;
    }
    return left;
}

/* Once round the senders, from where the last turn stopped. */
void mailbox_collect(struct mailbox *box, struct ready *inbox)
{
    if (!hear_bells(box))
        return;
    unsigned start = box->next;
    unsigned left = sweep(box, start, box->count, TURN, inbox);
    sweep(box, 0, start, left, inbox);
}

bool mailbox_is_busy(const struct mailbox *box)
{
    return box->retry || next_known(box, 0) < box->count;
}

bool mailbox_is_sent(const struct mailbox *box)
{
    return list_is_empty(&box->unsent);
}

bool mailbox_has_mail(const struct mailbox *box)
{
    for (unsigned i = 0; i < box->words; i++)
        if (atomic_load_explicit(&box->bell[i], memory_order_relaxed) != 0)
            return true;
    return false;
}
