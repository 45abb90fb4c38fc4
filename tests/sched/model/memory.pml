/* SPDX-License-Identifier: MIT
 *
 * memory: WORDS words that THREADS threads share, as their processors do it.
 *
 * Spin's own memory is sequentially consistent.  Here every thread has a store
 * buffer, as on x86: what it stores waits there, in order, until `drain` takes
 * it to memory, at any time.  Its own loads look there first; a fence waits
 * until it is empty, and so does what reads and writes at once.
 *
 * But for or(), which waits in the buffer too: arm64 lets a later load pass it,
 * so there its fence is needed.
 *
 * Each inline is one access, one step.  The thread is `me`.
 */
mtype = { STORE, OR };

byte memory[WORDS];
chan buffer[THREADS] = [4] of { mtype, byte, byte };

/* Within a step. */
hidden mtype how;
hidden byte where, what, waiting;

inline apply(word)
{
    if
    :: how == OR -> word = word | what
    :: else -> word = what
    fi
}

active [THREADS] proctype drain()
{
end:
    do
    :: d_step {
           nempty(buffer[_pid]) ->
           buffer[_pid] ? how, where, what;
           apply(memory[where])
       }
    od
}

/* The processes of the threads start next, in order. */
#define me (_pid - THREADS)

#define fence() empty(buffer[me])

inline store(word, value)
{
    buffer[me] ! STORE, word, value
}

inline or(word, bits)
{
    buffer[me] ! OR, word, bits
}

inline load(word, value)
{
    d_step {
        value = memory[word];
        waiting = len(buffer[me]);
        do
        :: waiting > 0 ->
            buffer[me] ? how, where, what;
            buffer[me] ! how, where, what;
            if
            :: where == word -> apply(value)
            :: else
            fi;
            waiting--
        :: else -> break
        od;
        waiting = 0
    }
}

inline exchange(word, value, old)
{
    d_step {
        fence() ->
        old = memory[word];
        memory[word] = value
    }
}

/* `seen` changes when it was wrong. */
inline compare_exchange(word, seen, value, done)
{
    d_step {
        fence() ->
        done = (memory[word] == seen);
        if
        :: done -> memory[word] = value
        :: else -> seen = memory[word]
        fi
    }
}

inline fetch_add(word, more, old)
{
    d_step {
        fence() ->
        old = word;
        word = old + more
    }
}
