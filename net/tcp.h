// SPDX-License-Identifier: MIT
#ifndef NET_TCP_H
#define NET_TCP_H

#include "net/addr.h"
#include "net/bytes.h"
#include "sched/shard.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

/*
 * tcp: one connection.
 *
 * Output is gathered in a chain all turn long and leaves in one write when the
 * turn's flush comes; what the kernel does not take then follows as it drains.
 * Closing has two forms: tcp_shutdown() sends what is queued, then FIN, and
 * still reads; tcp_close() drops everything.  Once both directions are shut
 * the connection closes by itself.  However it ends, ops->closed() comes
 * exactly once, last, and gives the memory back.
 *
 * The socket is polled and read and written here: recv(2) and send(2) cost less
 * than the read(2) and write(2) of a libuv stream, and there is nothing to
 * allocate.
 *
 * The loop's callbacks only make tasks ready: reading, and so the ops, come in
 * the turn.  closed() alone comes from the loop.
 *
 * Threads: all of it on the shard's own.
 */
enum {
    TCP_HIGH_WATER = 64 * 1024, /* bytes waiting: above it writers should wait */
    TCP_BUFFERS = 64            /* blocks a system call */
};

struct tcp;

struct tcp_ops {
    /* tcp_connect() succeeded; NULL where nobody connects. */
    void (*connected)(struct tcp *tcp);
    /* Bytes came; they are gone after the call.  One piece a turn at most. */
    void (*data)(struct tcp *tcp, const char *bytes, size_t length);
    /* The peer sent FIN, after all its data. */
    void (*eof)(struct tcp *tcp);
    /* All output is written, after tcp_is_crowded() was true. */
    void (*drained)(struct tcp *tcp);
    /* Nothing was read or written for the time set. */
    void (*timeout)(struct tcp *tcp);
    /* The end, from the loop: no program's code may run.  `error` is 0 or why,
     * a negative errno.  The tcp is the owner's memory again. */
    void (*closed)(struct tcp *tcp, int error);
};

struct tcp {
    uv_poll_t poll;
    const struct tcp_ops *ops;
    struct shard *shard;
    struct bytes *bytes;
    struct chain out; /* not yet taken by the kernel */
    uint32_t piece;     /* most bytes a read */
    int fd;
    bool connecting;
    bool shut_wanted;
    bool shut; /* FIN sent */
    bool eof;
    bool full;    /* the kernel takes no more for now */
    bool crowded; /* drained() is owed */
    bool closing;
    struct task input;   /* in shard->ready while there is something to read */
    struct task arrived; /* in shard->input while `data` is to be looked at */
    char *data;
    size_t data_length;
    struct task flush;
    uint64_t idle_time; /* ns; 0: no timeout */
    struct timeout idle;
    int events; /* of uv_poll_event, polled for */
    int error;
    int queued; /* of the kernel, when the idle timeout last came while full */
};

/* Take over a connected, non-blocking socket: it and the memory are the tcp's
 * until closed().  A read brings at most `piece` bytes, itself at most
 * BYTES_READ.  A negative errno when the loop cannot poll it; then both are the
 * caller's. */
int tcp_adopt(struct tcp *tcp, const struct tcp_ops *ops, struct shard *shard,
              struct bytes *bytes, size_t piece, int fd);

/* Connect to `addr`, asynchronously: connected() follows, or closed() with the
 * error.  What is written meanwhile waits.  A negative errno when it cannot even
 * be begun; then the memory is the caller's. */
int tcp_connect(struct tcp *tcp, const struct tcp_ops *ops,
                struct shard *shard, struct bytes *bytes, size_t piece,
                const struct addr *addr);

void tcp_read_start(struct tcp *tcp);
void tcp_read_stop(struct tcp *tcp);

/* Queue output: fill tcp->out by the chain_ functions, then say so. */
static inline void tcp_written(struct tcp *tcp)
{
    ready_push(&tcp->shard->flush, &tcp->flush);
}

/* Bytes that wait to be written. */
static inline size_t tcp_pending(const struct tcp *tcp)
{
    return tcp->out.length;
}

/* Do more than TCP_HIGH_WATER wait?  Then drained() will follow. */
bool tcp_is_crowded(struct tcp *tcp);

/* Send what is queued, then FIN.  The second time nothing happens. */
void tcp_shutdown(struct tcp *tcp);

/* Drop what is queued and close; `error` goes to closed().  Asynchronous; the
 * second time nothing happens. */
void tcp_close(struct tcp *tcp, int error);

/* TCP_NODELAY: do not wait to fill a segment. */
void tcp_set_no_delay(struct tcp *tcp, bool on);

/* The idle timeout: milliseconds, 0 for none.  The clock starts again. */
void tcp_set_timeout(struct tcp *tcp, uint64_t milliseconds);
void tcp_suspend_timeout(struct tcp *tcp);
/* Something was read or written, in the turn's input or flush: start the clock
 * again. */
void tcp_touch(struct tcp *tcp);

#endif
