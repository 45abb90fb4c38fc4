// SPDX-License-Identifier: MIT
#ifndef SCHED_MAILBOX_H
#define SCHED_MAILBOX_H

#include "sched/ready.h"

#include <stdbool.h>
#include <stddef.h>

struct shard;

/*
 * mailbox: how one shard speaks to another.
 *
 * For each ordered pair of shards there is a ring (ck_ring: one producer, one
 * consumer), so senders never contend and nobody locks.  It is made when the
 * pair first speaks.  A send is two steps: mailbox_post() files the message in
 * the sender's own outbox; mailbox_flush(), once per turn before it polls,
 * moves the outboxes into the rings, sets the sender's bit in the receiver's
 * `bell` and wakes a receiver that sleeps, once.  What a full ring refuses
 * stays in its outbox, in order: nothing is dropped and no sender blocks.  The
 * receiver raises a signal at a sender whose ring was full when it has drained
 * it, so the sender can sleep meanwhile.
 *
 * Usage: the crew opens a mailbox with each shard, then introduces them to
 * each other, then starts the threads.
 *
 * Threads: each function runs on the thread of the shard it is given first,
 * but those to open, introduce and close, which run while no shard does.
 */
struct mailbox;

/* Embed this in what you send; CONTAINER_OF() finds the rest.  It has one
 * owner at a time: the poster; from mailbox_post() on the mailboxes; then
 * whichever of the two functions is called.  Exactly one is, once, and it
 * disposes. */
struct message {
    struct task task; /* task.run() is the delivery, in the receiver's turn */
    void (*discard)(struct message *message); /* instead, on any thread: it
                                                 was never delivered */
};

/* Never NULL.  It can post to itself. */
struct mailbox *mailbox_open(struct shard *owner);

/* Boxes, in the order of their shards' ids, which may post to each other from
 * now on.  The array stays until they are closed. */
void mailbox_introduce(struct mailbox **boxes, unsigned count);

/* Discards what was sent and posted to and by it. */
void mailbox_close(struct mailbox *box);

/* File `message` for shard `to`; cannot fail.  Messages from here to one shard
 * arrive in this order. */
void mailbox_post(struct mailbox *from, unsigned to, struct message *message);

/* How many messages for `to` were posted here and not yet collected there.
 * Messages to oneself are not counted. */
size_t mailbox_waiting(const struct mailbox *from, unsigned to);

/* Send what fits and wake who sleeps. */
void mailbox_flush(struct mailbox *from);

/* Send what was posted to `to` before the turn ends, if it is awake: it has
 * something to do then while the sender goes on.  Who sleeps is left to be woken
 * once, by the flush. */
void mailbox_hurry(struct mailbox *from, unsigned to);

/* Move mail that arrived to the back of `inbox`: a bounded number, so that a
 * flood does not starve the rest of the turn. */
void mailbox_collect(struct mailbox *box, struct ready *inbox);

/* Before a sleep, in this order.  Busy: there is known mail, or room in a ring
 * that was full; poll without blocking.  Sent: no message waits for room.  Has
 * mail: the look after the sleep was announced. */
bool mailbox_is_busy(const struct mailbox *box);
bool mailbox_is_sent(const struct mailbox *box);
bool mailbox_has_mail(const struct mailbox *box);

#endif
