// SPDX-License-Identifier: MIT
#ifndef SCHED_FENCE_H
#define SCHED_FENCE_H

#include "sched/chaos.h"

#include <stdatomic.h>

/*
 * fence: the store/load fence of the sleep handshakes.  Each use says which
 * store it puts before which load.
 *
 * ThreadSanitizer does not know fences.  There a locked instruction on the
 * stack does the machine's part; the order that ThreadSanitizer checks comes
 * from the flags on both sides, which are atomics.
 */
#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define FENCE_TSAN 1
#endif
#endif
#ifdef __SANITIZE_THREAD__
#define FENCE_TSAN 1
#endif

static inline void fence_full(void)
{
    chaos();
#ifdef FENCE_TSAN
    atomic_uint here = 0;
    atomic_fetch_add(&here, 1);
#else
    atomic_thread_fence(memory_order_seq_cst);
#endif
    chaos();
}

#endif
