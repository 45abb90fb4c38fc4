// SPDX-License-Identifier: MIT
#include "sched/chaos.h"

#include <stdint.h>
#include <stdlib.h>
#include <time.h>

/* Mostly none, now and then some cycles, seldom long enough for others to fall
 * asleep meanwhile. */
void chaos(void)
{
    static _Thread_local unsigned seed;
    if (seed == 0)
        seed = (unsigned)(uintptr_t)&seed >> 6;
    unsigned r = (unsigned)rand_r(&seed);
    if (r % 64 == 0) {
        struct timespec pause = { 0, r / 64 % 200000 };
        nanosleep(&pause, NULL);
    } else if (r % 8 == 0) {
        for (volatile unsigned i = r / 64 % 2000; i > 0; i--)
            continue;
    }
}
