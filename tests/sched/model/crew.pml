/* SPDX-License-Identifier: MIT
 *
 * crew: how SHARDS shards fall asleep, wake each other, wait for room in a
 * ring and find out that nothing is left to do.  A model of the handshakes in
 * fall_asleep() (shard.c), wait_for_room() (mailbox.c) and "idle" (crew.c),
 * with the names of the C code.
 *
 * POSTS messages are posted in all, by anybody to anybody: at the start and by
 * the tasks of messages.  Somebody begins, and shards are alike: 0 posts to 1.
 * MAY_HOLD: a task may hold its shard.  FOREIGN: a thread that is no shard
 * raises a signal at one of them.  A ring has one slot, a turn collects all
 * mail there is, and of libuv the eventfd is left.
 *
 * What has to hold: when the crew ends no message is left and no shard is
 * held; when nothing moves any more no message, bell or signal is left, and the
 * crew has ended unless a shard is held.
 *
 * WITHOUT names what a variant lacks.  Each has to be found to fail.
 *
 * atomic: one access to what threads share, with what the thread does for
 * itself before and after it.
 */
#define NOTHING 0
#define SLEEPERS_FENCE 1
#define SENDERS_FENCE 2
#define RAISERS_FENCE 3
#define WAITERS_FENCE 4
#define TAKERS_FENCE 5
#define CREDIT_BEFORE_SWAP 6
#define OWN_CREDIT_BEFORE_SWAP 7
#define RETURN 8

#define AWAKE 0
#define ASLEEP 1
#define IDLE 2

/* The words of the memory. */
#if FOREIGN
#define THREADS (SHARDS + 1)
#else
#define THREADS SHARDS
#endif
#define PAIR(from, to) ((from) * SHARDS + (to))
#define asleep(s) (s)
#define raised(s) (SHARDS + (s))
#define bell(s) (2 * SHARDS + (s))
#define p_tail(from, to) (3 * SHARDS + PAIR(from, to))
#define c_head(from, to) (3 * SHARDS + SHARDS * SHARDS + PAIR(from, to))
#define ring_full(from, to) (3 * SHARDS + 2 * SHARDS * SHARDS + PAIR(from, to))
#define WORDS (3 * SHARDS + 3 * SHARDS * SHARDS)

#include "memory.pml"

#define fence_of(whom) (WITHOUT == whom || fence())

bool eventfd[SHARDS]; /* the kernel's */
byte credits = SHARDS;
bool drained;

/* What only the model knows. */
byte left = POSTS - 1; /* messages that are posted after the first */
byte mail;             /* posted and not run yet */
byte held;             /* shards */

/* ---- shard.c ------------------------------------------------------------ */

/* signal_raise().  Two at once may both find the bit unset here, and both wake;
 * that the second finds it set, as in life, is the same as if it came later. */
inline signal_raise(s)
{
    atomic {
        load(raised(s), seen);
        if
        :: seen == 0 -> or(raised(s), 1)
        :: else
        fi
    }
    atomic {
        if
        :: seen == 0 ->
            fence_of(RAISERS_FENCE);
            load(asleep(s), seen)
        :: else -> seen = AWAKE
        fi
    }
    atomic {
        if
        :: seen != AWAKE -> eventfd[s] = true
        :: else
        fi;
        seen = 0
    }
}

/* shard_wake(), with the fence before it. */
inline shard_wake(s)
{
    atomic {
        fence_of(SENDERS_FENCE);
        load(asleep(s), seen)
    }
    do
    :: seen == AWAKE -> break
    :: else ->
        atomic {
            idle = (seen == IDLE);
            if
            :: idle && WITHOUT != CREDIT_BEFORE_SWAP -> crew_take()
            :: else
            fi
        }
        compare_exchange(asleep(s), seen, AWAKE, done);
        if
        :: done ->
            if
            :: idle && WITHOUT == CREDIT_BEFORE_SWAP -> crew_take()
            :: else
            fi;
            eventfd[s] = true;
            break
        :: !done && idle && WITHOUT != CREDIT_BEFORE_SWAP -> crew_return()
        :: else
        fi
    od;
    atomic { seen = 0; idle = false; done = false }
}

/* fall_asleep() */
inline fall_asleep()
{
    atomic {
        counted = (!holds && unsent == 0);
        store(asleep(me), (counted -> IDLE : ASLEEP));
        fence_of(SLEEPERS_FENCE);
        load(raised(me), seen)
    }
    atomic {
        if
        :: seen == 0 -> load(bell(me), seen)
        :: else
        fi
    }
    if
    :: seen == 0 ->
        sleeps = true;
        if
        :: counted -> crew_give()
        :: else
        fi
    :: else ->
        exchange(asleep(me), AWAKE, seen);
        atomic {
            if
            :: counted && seen == AWAKE -> crew_return()
            :: else
            fi;
            counted = false;
            seen = 0
        }
    fi
}

/* wake_up() */
inline wake_up()
{
    atomic {
        sleeps = false;
        if
        :: counted && WITHOUT != OWN_CREDIT_BEFORE_SWAP -> crew_take()
        :: else
        fi
    }
    exchange(asleep(me), AWAKE, seen);
    atomic {
        if
        :: counted && WITHOUT == OWN_CREDIT_BEFORE_SWAP && seen != AWAKE ->
            crew_take()
        :: counted && WITHOUT != OWN_CREDIT_BEFORE_SWAP && seen == AWAKE ->
            crew_return()
        :: else
        fi;
        counted = false;
        seen = 0
    }
}

/* poll(), with what uv_run() does. */
inline poll()
{
    if
    :: !retry -> fall_asleep()
    :: else
    fi;
    if
    :: sleeps ->
end:    atomic {
            (eventfd[me] || drained) ->
            eventfd[me] = false
        }
        wake_up()
    :: else -> eventfd[me] = false
    fi
}

/* ---- mailbox.c ---------------------------------------------------------- */

/* put() and announce().  What is stored is seen by nobody yet. */
inline put(to)
{
    atomic {
        load(c_head(me, to), head);
        load(p_tail(me, to), tail);
        n = 1 - (tail - head);
        if
        :: n > outbox[to] -> n = outbox[to]
        :: else
        fi;
        outbox[to] = outbox[to] - n;
        unsent = unsent - n;
        if
        :: n > 0 ->
            store(p_tail(me, to), tail + n);
            or(bell(to), 1 << me)
        :: else
        fi;
        head = 0;
        tail = 0
    }
    if
    :: n > 0 ->
        n = 0;
        shard_wake(to)
    :: else
    fi
}

/* wait_for_room() */
inline wait_for_room(to)
{
    atomic {
        store(ring_full(me, to), true);
        fence_of(WAITERS_FENCE);
        load(c_head(me, to), head);
        load(p_tail(me, to), tail);
        if
        :: tail == head -> retry = true
        :: else
        fi;
        head = 0;
        tail = 0
    }
}

/* mailbox_post() */
inline mailbox_post(to)
{
    mail++;
    outbox[to]++;
    unsent++
}

/* mailbox_flush() */
inline mailbox_flush()
{
    retry = false;
    for (peer : 0 .. SHARDS - 1) {
        if
        :: outbox[peer] > 0 ->
            put(peer);
            if
            :: outbox[peer] > 0 -> wait_for_room(peer)
            :: else
            fi
        :: else
        fi
    }
    peer = 0
}

/* give_room() */
inline give_room(from)
{
    atomic {
        fence_of(TAKERS_FENCE);
        load(ring_full(from, me), seen)
    }
    atomic {
        if
        :: seen -> exchange(ring_full(from, me), false, seen)
        :: else
        fi
    }
    if
    :: seen -> signal_raise(from)
    :: else
    fi
}

/* take() */
inline take(from)
{
    atomic {
        load(p_tail(from, me), tail);
        load(c_head(from, me), head);
        n = tail - head;
        inbox = inbox + n;
        if
        :: n > 0 -> store(c_head(from, me), tail)
        :: else
        fi;
        head = 0;
        tail = 0
    }
    if
    :: n > 0 ->
        n = 0;
        give_room(from)
    :: else
    fi
}

/* mailbox_collect(), with hear_bells(). */
inline mailbox_collect()
{
    load(bell(me), known);
    if
    :: known > 0 ->
        exchange(bell(me), 0, known);
        for (peer : 0 .. SHARDS - 1) {
            if
            :: known & (1 << peer) -> take(peer)
            :: else
            fi
        }
        atomic { peer = 0; known = 0 }
    :: else
    fi
}

/* ---- crew.c ------------------------------------------------------------- */

/* all_idle() */
inline all_idle()
{
    if
    :: credits == 0 ->
        atomic {
            drained = true;
            assert(mail == 0 && held == 0)
        }
    :: else
    fi
}

/* crew_give() */
inline crew_give()
{
    fetch_add(credits, -1, was);
    if
    :: was == 1 -> all_idle()
    :: else
    fi
}

/* crew_take() */
inline crew_take()
{
    fetch_add(credits, 1, was)
}

/* crew_return() */
inline crew_return()
{
    if
    :: WITHOUT != RETURN ->
        fetch_add(credits, -1, was);
        assert(was > 1)
    :: else
    fi
}

/* ---- the threads -------------------------------------------------------- */

/* A program's code: it holds its shard or not, and may post. */
inline task()
{
    atomic {
        held = held - holds;
        if
        :: holds = false
        :: MAY_HOLD -> holds = true
        fi;
        held = held + holds;
        for (peer : 0 .. SHARDS - 1) {
            do
            :: peer != me && left > 0 ->
                left--;
                mailbox_post(peer)
            :: break
            od
        }
        peer = 0
    }
}

/* run().  Who waits for a signal holds the shard; any other is on_room(). */
inline run_tasks()
{
    load(raised(me), seen);
    if
    :: seen ->
        atomic {
            exchange(raised(me), 0, seen);
            seen = 0;
            if
            :: holds -> task()
            :: else
            fi
        }
    :: else
    fi;
    do
    :: inbox > 0 ->
        atomic {
            inbox--;
            mail--;
            task()
        }
    :: else -> break
    od
}

active [SHARDS] proctype shard()
{
    byte outbox[SHARDS], unsent, inbox;
    bool holds, retry, counted, sleeps;
    byte seen, was, peer, n, head, tail, known;
    bool idle, done;

    atomic {
        if
        :: me == 0 -> mailbox_post(1)
        :: else
        fi;
        task()
    }
    do
    :: drained -> break
    :: else ->
        if
        :: unsent > 0 -> mailbox_flush()
        :: else
        fi;
        poll();
        mailbox_collect();
        run_tasks()
    od
}

#if FOREIGN
/* Work that is done on another thread, say. */
active proctype foreign()
{
    byte seen, peer;

    select (peer : 0 .. SHARDS - 1);
    signal_raise(peer)
}
#endif

/* When nothing else moves. */
active proctype monitor()
{
    byte s;

    timeout ->
    assert(mail == 0 && (drained || held > 0));
    for (s : 0 .. SHARDS - 1) {
        assert(drained || (memory[bell(s)] == 0 && memory[raised(s)] == 0))
    }
}
