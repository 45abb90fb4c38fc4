// SPDX-License-Identifier: MIT
#include "sched/timer.h"

#include "sched/check.h"

#include <stdlib.h>

void timers_init(struct timers *timers)
{
    *timers = (struct timers){ 0 };
}

void timers_fini(struct timers *timers)
{
    CHECK(timers->count == 0);
    free(timers->heap);
    *timers = (struct timers){ 0 };
}

static bool is_before(const struct timer *a, const struct timer *b)
{
    if (a->deadline != b->deadline)
        return a->deadline < b->deadline;
    return a->order < b->order;
}

static void put(struct timers *timers, struct timer *timer, size_t place)
{
    timers->heap[place] = timer;
    timer->place = place;
}

/* Both move a hole to where `timer` belongs, and put it there. */
static void sift_up(struct timers *timers, struct timer *timer, size_t hole)
{
    while (hole > 1 && is_before(timer, timers->heap[hole / 2])) {
        put(timers, timers->heap[hole / 2], hole);
        hole /= 2;
    }
    put(timers, timer, hole);
}

static void sift_down(struct timers *timers, struct timer *timer, size_t hole)
{
    size_t child;
    while ((child = 2 * hole) <= timers->count) {
        if (child < timers->count
            && is_before(timers->heap[child + 1], timers->heap[child]))
            child++;
        if (!is_before(timers->heap[child], timer))
            break;
        put(timers, timers->heap[child], hole);
        hole = child;
    }
    put(timers, timer, hole);
}

static void grow(struct timers *timers)
{
    timers->capacity = timers->capacity == 0 ? 16 : 2 * timers->capacity;
    timers->heap = xrealloc(timers->heap, (timers->capacity + 1)
                                              * sizeof timers->heap[0]);
}

void timer_start(struct timers *timers, struct timer *timer,
                 uint64_t deadline)
{
    timer_stop(timers, timer);
    if (timers->count == timers->capacity)
        grow(timers);
    timer->deadline = deadline;
    timer->order = timers->started++;
    sift_up(timers, timer, ++timers->count);
}

void timer_stop(struct timers *timers, struct timer *timer)
{
    size_t hole = timer->place;
    if (hole == 0)
        return;
    CHECK(hole <= timers->count && timers->heap[hole] == timer);
    timer->place = 0;
    struct timer *last = timers->heap[timers->count--];
    if (last == timer)
        return;
    if (hole > 1 && is_before(last, timers->heap[hole / 2]))
        sift_up(timers, last, hole);
    else
        sift_down(timers, last, hole);
}

void timers_collect(struct timers *timers, uint64_t now, struct ready *ready)
{
    while (timers->count > 0 && timers->heap[1]->deadline <= now) {
        struct timer *timer = timers->heap[1];
        timer_stop(timers, timer);
        ready_push(ready, &timer->task);
    }
}
