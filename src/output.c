// SPDX-License-Identifier: MIT
#include "src/output.h"

#include "sched/check.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    KEEP = 1 << 20 /* a buffer that grew larger is given back once empty */
};

struct buffer {
    char *data;
    size_t length;
    size_t capacity;
};

/* stdout belongs to the process, and so does this.  All of it under `mutex`,
 * but for `busy`, which is the writer's while `writing`. */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t more;   /* for the writer: pending or closed */
    pthread_cond_t empty;  /* for output_flush(): all is written */
    struct buffer pending; /* handed over */
    struct buffer busy;    /* being written */
    struct buffer *lines;  /* a shard's unfinished line */
    unsigned shards;
    pthread_t writer;
    cpu_set_t cores; /* the process's: the writer inherits no shard's pin */
    bool started;
    bool sleeping; /* the writer */
    bool writing;
    bool broken; /* nobody reads */
    bool closed;
    bool same; /* stdout and stderr are one file: keep their order */
} out = {
    .mutex = PTHREAD_MUTEX_INITIALIZER,
    .more = PTHREAD_COND_INITIALIZER,
    .empty = PTHREAD_COND_INITIALIZER,
};

static pthread_mutex_t error_mutex = PTHREAD_MUTEX_INITIALIZER;

static void buffer_append(struct buffer *b, const char *data, size_t length)
{
    if (b->capacity - b->length < length) {
        size_t capacity = b->capacity + b->capacity / 2 + 4096;
        if (capacity - b->length < length)
            capacity = b->length + length;
        b->data = xrealloc(b->data, capacity);
        b->capacity = capacity;
    }
    if (length > 0)
        memcpy(b->data + b->length, data, length);
    b->length += length;
}

static void buffer_free(struct buffer *b)
{
    free(b->data);
    *b = (struct buffer){ 0 };
}

static void buffer_clear(struct buffer *b)
{
    b->length = 0;
    if (b->capacity > KEEP)
        buffer_free(b);
}

/* Returns 0 or a negative errno. */
static int write_all(int fd, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t n = write(fd, data, length);
        if (n >= 0) {
            data += n;
            length -= (size_t)n;
        } else if (errno == EAGAIN) {
            poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, -1);
        } else if (errno != EINTR) {
            return -errno;
        }
    }
    return 0;
}

/* Nobody reads any more: a matter of course.  A full disk is not. */
static void give_up(int err)
{
    out.broken = true;
    buffer_clear(&out.pending);
    if (err != -EPIPE)
        dprintf(STDERR_FILENO, "node: cannot write to stdout: %s\n",
                strerror(-err));
}

/* Write what is pending; the mutex is held, but not while writing. */
static void write_pending(void)
{
    struct buffer swap = out.busy;
    out.busy = out.pending;
    out.pending = swap;
    out.writing = true;
    pthread_mutex_unlock(&out.mutex);

    int err = write_all(STDOUT_FILENO, out.busy.data, out.busy.length);

    pthread_mutex_lock(&out.mutex);
    buffer_clear(&out.busy);
    out.writing = false;
    if (err != 0)
        give_up(err);
    if (out.pending.length == 0)
        pthread_cond_broadcast(&out.empty);
}

static void *run_writer(void *arg)
{
    (void)arg;
    pthread_setname_np(pthread_self(), "stdout");
    pthread_mutex_lock(&out.mutex);
    for (;;) {
        while (out.pending.length == 0 && !out.closed) {
            out.sleeping = true;
            pthread_cond_wait(&out.more, &out.mutex);
        }
        out.sleeping = false;
        if (out.pending.length == 0)
            break;
        write_pending();
    }
    pthread_mutex_unlock(&out.mutex);
    return NULL;
}

/* No signal handler ever runs on the writer. */
static void start_writer(void)
{
    pthread_attr_t attr;
    sigset_t all, old;

    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, 128 * 1024);
    if (CPU_COUNT(&out.cores) > 0)
        pthread_attr_setaffinity_np(&attr, sizeof(out.cores), &out.cores);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    out.started =
        pthread_create(&out.writer, &attr, run_writer, NULL) == 0;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attr);
}

/* Something is pending: see that it gets written.  Without a thread, which the
 * system may refuse us, here and now. */
static void wake_writer(void)
{
    if (!out.started)
        start_writer();
    if (!out.started) {
        while (!out.writing && out.pending.length > 0)
            write_pending();
    } else if (out.sleeping) {
        out.sleeping = false;
        pthread_cond_signal(&out.more);
    }
}

static bool is_same_file(int a, int b)
{
    struct stat s, t;
    return fstat(a, &s) == 0 && fstat(b, &t) == 0 && s.st_dev == t.st_dev &&
           s.st_ino == t.st_ino;
}

void output_open(unsigned shards)
{
    out.shards = shards;
    out.lines = xcalloc(shards, sizeof(*out.lines));
    out.same = is_same_file(STDOUT_FILENO, STDERR_FILENO);
    CPU_ZERO(&out.cores);
    sched_getaffinity(0, sizeof(out.cores), &out.cores);
}

/* How much of the text is handed over: with one shard all of it. */
static size_t whole_lines(const char *data, size_t length)
{
    if (out.shards == 1)
        return length;
    const char *newline = memrchr(data, '\n', length);
    return newline == NULL ? 0 : (size_t)(newline + 1 - data);
}

void output_write(unsigned shard, const char *data, size_t length)
{
    size_t whole = whole_lines(data, length);

    pthread_mutex_lock(&out.mutex);
    if (!out.broken && !out.closed) {
        struct buffer *line = &out.lines[shard];
        if (whole > 0) {
            buffer_append(&out.pending, line->data, line->length);
            buffer_append(&out.pending, data, whole);
            buffer_clear(line);
            wake_writer();
        }
        buffer_append(line, data + whole, length - whole);
    }
    pthread_mutex_unlock(&out.mutex);
}

void output_push(unsigned shard)
{
    pthread_mutex_lock(&out.mutex);
    if (!out.broken && !out.closed && out.lines[shard].length > 0) {
        struct buffer *line = &out.lines[shard];
        buffer_append(&out.pending, line->data, line->length);
        buffer_clear(line);
        wake_writer();
    }
    pthread_mutex_unlock(&out.mutex);
}

/* The mutex is held. */
static void wait_until_empty(void)
{
    while (out.pending.length > 0 || out.writing)
        pthread_cond_wait(&out.empty, &out.mutex);
}

void output_flush(void)
{
    pthread_mutex_lock(&out.mutex);
    wait_until_empty();
    pthread_mutex_unlock(&out.mutex);
}

void output_error(const char *data, size_t length)
{
    if (out.same)
        output_flush();
    pthread_mutex_lock(&error_mutex);
    write_all(STDERR_FILENO, data, length);
    pthread_mutex_unlock(&error_mutex);
}

/* Unfinished lines, as they are; but two of them do not make one line. */
static void take_lines(void)
{
    bool first = true;

    for (unsigned i = 0; i < out.shards; i++) {
        struct buffer *line = &out.lines[i];
        if (line->length > 0 && !out.broken) {
            buffer_append(&out.pending, "\n", first ? 0 : 1);
            buffer_append(&out.pending, line->data, line->length);
            first = false;
        }
        buffer_free(line);
    }
    free(out.lines);
}

void output_close(void)
{
    pthread_mutex_lock(&out.mutex);
    take_lines();
    if (out.pending.length > 0)
        wake_writer();
    out.closed = true;
    pthread_cond_signal(&out.more);
    pthread_mutex_unlock(&out.mutex);
    if (out.started)
        pthread_join(out.writer, NULL);
    buffer_free(&out.pending);
    buffer_free(&out.busy);
}
