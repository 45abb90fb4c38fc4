// SPDX-License-Identifier: MIT
#include "sched/wheel.h"

#include "sched/check.h"

void wheel_init(struct wheel *wheel, uint64_t now)
{
    for (unsigned i = 0; i < WHEEL_SLOTS; i++)
        list_init(&wheel->slots[i]);
    for (unsigned i = 0; i < WHEEL_SLOTS / 64; i++)
        wheel->occupied[i] = 0;
    wheel->tick = now / WHEEL_TICK + 1;
}

/* Tick t is collected at t * WHEEL_TICK or later: round up, so that it is not
 * too early; what is overdue goes to the next tick that will be collected. */
static void file(struct wheel *wheel, struct timeout *timeout)
{
    uint64_t tick = timeout->deadline / WHEEL_TICK
                    + (timeout->deadline % WHEEL_TICK != 0);
    if (tick < wheel->tick)
        tick = wheel->tick;
    unsigned slot = tick % WHEEL_SLOTS;
    list_push(&wheel->slots[slot], &timeout->link);
    wheel->occupied[slot / 64] |= UINT64_C(1) << slot % 64;
}

void timeout_start(struct wheel *wheel, struct timeout *timeout,
                   uint64_t deadline)
{
    if (timeout_is_started(timeout))
        list_remove(&timeout->link);
    timeout->deadline = deadline;
    file(wheel, timeout);
}

void timeout_stop(struct wheel *wheel, struct timeout *timeout,
                  struct ready *ready)
{
    (void)wheel; /* the slot's bit may stay: it is only a hint */
    if (timeout_is_started(timeout))
        list_remove(&timeout->link);
    ready_remove(ready, &timeout->task);
}

/* A timeout that is filed again may land in the slot it came from, a turn of
 * the wheel later, so the slot is first emptied into a list of its own. */
static void collect_slot(struct wheel *wheel, unsigned slot, uint64_t now,
                         struct ready *ready)
{
    struct list due;
    list_init(&due);
    list_move(&wheel->slots[slot], &due);
    wheel->occupied[slot / 64] &= ~(UINT64_C(1) << slot % 64);

    struct list_node *node;
    while ((node = list_pop(&due)) != NULL) {
        struct timeout *timeout = CONTAINER_OF(node, struct timeout, link);
        if (timeout->deadline <= now)
            ready_push(ready, &timeout->task);
        else
            file(wheel, timeout);
    }
}

void wheel_collect(struct wheel *wheel, uint64_t now, struct ready *ready)
{
    uint64_t first = wheel->tick;
    uint64_t end = now / WHEEL_TICK + 1;
    if (first >= end)
        return;
    wheel->tick = end; /* before anything is filed again */
    if (end - first > WHEEL_SLOTS)
        first = end - WHEEL_SLOTS;
    for (uint64_t tick = first; tick < end; tick++)
        if (wheel->occupied[tick % WHEEL_SLOTS / 64]
            & UINT64_C(1) << tick % 64)
            collect_slot(wheel, tick % WHEEL_SLOTS, now, ready);
}

uint64_t wheel_next(const struct wheel *wheel)
{
    for (uint64_t i = 0; i < WHEEL_SLOTS;) {
        uint64_t tick = wheel->tick + i;
        unsigned slot = tick % WHEEL_SLOTS;
        uint64_t word = wheel->occupied[slot / 64] >> slot % 64;
        if (word == 0) {
            i += 64 - slot % 64;
        } else if ((word & 1) == 0) {
            i += (unsigned)__builtin_ctzll(word);
        } else if (list_is_empty(&wheel->slots[slot])) {
            i++;
        } else {
            return tick * WHEEL_TICK;
        }
    }
    return UINT64_MAX;
}
