// SPDX-License-Identifier: MIT
#ifndef SRC_CHILD_H
#define SRC_CHILD_H

#include "sched/shard.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <uv.h>

/*
 * child: a process that runs a command in /bin/sh, and the pipes to its stdin,
 * stdout and stderr.
 *
 * A child tells its ops, in turns of its shard: readable(), once a turn while
 * there is something to read of a stream, which is then read by child_read();
 * and when both streams have ended and the process is reaped, exited(), once
 * and as the last.  Until then it holds the shard.  What a process that was
 * started by ours, and lives on, keeps open it delays.
 *
 * They are pipes, not the socket pairs that libuv would make: a command may
 * open /dev/stdin or /dev/stderr.  Our ends are close-on-exec from the
 * beginning, so no other child of any shard holds this one's stdin open.  When
 * the process dies we close its stdin: whoever it has left behind sees the end.
 *
 * Threads: on the shard's own.
 */
enum child_stream {
    CHILD_STDIN,
    CHILD_STDOUT,
    CHILD_STDERR,
    CHILD_STREAMS
};

struct child;

struct child_ops {
    void (*readable)(struct child *child, enum child_stream stream);
    void (*exited)(struct child *child, int status); /* 128 + a signal's */
};

/* One of our ends of the pipes. */
struct child_end {
    uv_poll_t poll;
    struct task task; /* reads, or writes what is queued */
    struct child *child;
    enum child_stream stream;
    int fd; /* -1: closed */
};

struct child {
    const struct child_ops *ops;
    void *arg;   /* the caller's */
    uint32_t id; /* the caller's */
    struct shard *shard;
    uv_process_t process;
    struct child_end ends[CHILD_STREAMS];
    struct task exit;
    unsigned references; /* open handles, and one until exited() is over */
    bool reaped;
    int status; /* when reaped */
    bool closing; /* stdin, once the queue is written */
    char *queue;  /* for stdin; what is written lies before `start` */
    size_t start;
    size_t end;
    size_t capacity;
};

/* Start `command`.  Returns 0 and the child, which frees itself after exited()
 * or child_abandon(), or a negative errno. */
int child_spawn(struct child **out, struct shard *shard, char *command,
                const struct child_ops *ops, void *arg);

/* Read at most `size` bytes.  Returns their number; 0: the stream has ended,
 * and remains readable until child_finish(); -EAGAIN: nothing is there. */
ssize_t child_read(struct child *child, enum child_stream stream, char *data,
                   size_t size);
void child_finish(struct child *child, enum child_stream stream);

/* Room for `size` bytes at the end of the queue, to be filled at once; they
 * leave in the next turn.  NULL: stdin is closed, or the process is dead. */
char *child_write(struct child *child, size_t size);

/* Close stdin once the queue is written.  False: it is closed. */
bool child_close(struct child *child);

/* Returns 0 or a negative errno.  A process that is dead already, but not told
 * to be, is left alone. */
int child_kill(struct child *child, int signal);

/* Forget it, without exited(): the shard ends.  The process lives on. */
void child_abandon(struct child *child);

#endif
