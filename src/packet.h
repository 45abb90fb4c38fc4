// SPDX-License-Identifier: MIT
#ifndef SRC_PACKET_H
#define SRC_PACKET_H

#include "isolates/js.h"
#include "sched/mailbox.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * packet: what one shard has to tell another, many records in one message of
 * the mailbox.
 *
 * A record is a kind, a number and any count of JavaScript values.  Small
 * values (undefined, null, booleans, numbers, strings of one-byte characters)
 * are written as they are; everything else is a js_clone, to which the packet
 * holds a reference.
 *
 *     | kind, count | number | tag, n | payload | tag, n | payload | ... | kind
 *       16      16      32     32   32  n bytes, padded to 8
 *
 * Usage: the sender makes one, adds records and posts it; from then on it is
 * the mailbox's, then the receiver's, who takes it apart and frees it.
 *
 * Threads: one at a time, whoever owns it.
 */
enum {
    PACKET_RECORDS = 256,     /* a packet is full with so many, */
    PACKET_LENGTH = 16 * 1024 /* or with at least so many bytes */
};

struct packet {
    struct message message;
    unsigned from;    /* a shard */
    uint32_t records; /* how many */
    uint32_t answers; /* of them, to what its receiver asked: the poster's */
    size_t length;    /* bytes of `data` in use */
    size_t capacity;
    _Alignas(8) char data[];
};

/* Drops the references to clones, too. */
void packet_free(struct packet *packet);

static inline bool packet_is_full(const struct packet *packet)
{
    return packet->records >= PACKET_RECORDS ||
           packet->length >= PACKET_LENGTH;
}

struct packet_record {
    uint16_t kind;
    uint32_t number;
    int count; /* at most UINT16_MAX */
    const js_value *values;
    js_value moved; /* as for js_clone_new(); goes with the first value */
};

/* Add a record, all of it or, returning false having thrown, nothing.  Script
 * may run before the packet in the slot is looked at: getters of the values.
 * An empty slot gets a new packet; it may come to lie elsewhere. */
bool packet_add(struct packet **slot, unsigned from, struct js *js,
                const struct packet_record *record);

/* Add a copy of the records of `from`, none of which moves a buffer. */
void packet_copy(struct packet **slot, const struct packet *from);

/* What is in it, an array: [from, kind, number, count of values, values ...,
 * kind, ...].  JS_NONE: threw. */
js_value packet_values(const struct packet *packet, struct js *js);

/* The same into `values`, if they are no more than `most` and all small: that
 * cannot throw.  Returns how many; 0: it is not so. */
int packet_small_values(const struct packet *packet, struct js *js,
                        js_value *values, int most);

#endif
