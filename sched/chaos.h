// SPDX-License-Identifier: MIT
#ifndef SCHED_CHAOS_H
#define SCHED_CHAOS_H

/*
 * chaos: a pause of random length where threads could meet, in a build of its
 * own for the tests (tests/sched/chaos.c); nothing in any other.
 */
#ifdef SCHED_CHAOS
void chaos(void);
#else
static inline void chaos(void)
{
}
#endif

#endif
