// SPDX-License-Identifier: MIT
#include "src/child.h"

#include "sched/check.h"
#include "sched/topology.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- The end ------------------------------------------------------------- */

static void drop(struct child *child)
{
    if (--child->references > 0)
        return;
    free(child->queue);
    free(child);
}

static void on_end_closed(uv_handle_t *handle)
{
    drop(CONTAINER_OF(handle, struct child_end, poll)->child);
}

static void on_process_closed(uv_handle_t *handle)
{
    drop(CONTAINER_OF(handle, struct child, process));
}

static void close_end(struct child_end *end)
{
    if (end->fd < 0)
        return;
    struct shard *shard = end->child->shard;
    ready_remove(end->stream == CHILD_STDIN ? &shard->flush : &shard->ready,
                 &end->task);
    uv_poll_stop(&end->poll);
    close(end->fd);
    end->fd = -1;
    uv_close((uv_handle_t *)&end->poll, on_end_closed);
}

static void run_exit(struct task *task, struct shard *here)
{
    struct child *child = CONTAINER_OF(task, struct child, exit);
    shard_release(here);
    child->ops->exited(child, child->status);
    drop(child);
}

static void tell_exit_if_over(struct child *child)
{
    if (child->reaped && child->ends[CHILD_STDOUT].fd < 0
        && child->ends[CHILD_STDERR].fd < 0)
        ready_push(&child->shard->ready, &child->exit);
}

static void on_exit_process(uv_process_t *process, int64_t status, int signal)
{
    struct child *child = CONTAINER_OF(process, struct child, process);
    child->reaped = true;
    child->status = signal != 0 ? 128 + signal : (int)status;
    close_end(&child->ends[CHILD_STDIN]);
    uv_close((uv_handle_t *)process, on_process_closed);
    tell_exit_if_over(child);
}

void child_abandon(struct child *child)
{
    for (int i = 0; i < CHILD_STREAMS; i++)
        close_end(&child->ends[i]);
    if (!child->reaped)
        uv_close((uv_handle_t *)&child->process, on_process_closed);
    ready_remove(&child->shard->ready, &child->exit);
    shard_release(child->shard);
    drop(child);
}

/* ---- stdout and stderr --------------------------------------------------- */

/* The poll goes on: it is level-triggered, and a task that waits is pushed
 * once. */
static void on_readable(uv_poll_t *poll, int status, int events)
{
    struct child_end *end = CONTAINER_OF(poll, struct child_end, poll);
    (void)status;
    (void)events;
    ready_push(&end->child->shard->ready, &end->task);
}

static void run_read(struct task *task, struct shard *here)
{
    struct child_end *end = CONTAINER_OF(task, struct child_end, task);
    (void)here;
    end->child->ops->readable(end->child, end->stream);
}

ssize_t child_read(struct child *child, enum child_stream stream, char *data,
                   size_t size)
{
    ssize_t n = read(child->ends[stream].fd, data, size);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return -EAGAIN;
    return n < 0 ? 0 : n;
}

void child_finish(struct child *child, enum child_stream stream)
{
    close_end(&child->ends[stream]);
    tell_exit_if_over(child);
}

/* ---- stdin --------------------------------------------------------------- */

static void on_writable(uv_poll_t *poll, int status, int events);

/* What the pipe takes at once; the rest when it takes more. */
static void write_some(struct child *child)
{
    struct child_end *end = &child->ends[CHILD_STDIN];
    ssize_t n = 0;
    if (child->start < child->end)
        n = write(end->fd, child->queue + child->start,
                  child->end - child->start);
    if (n < 0 && errno != EAGAIN && errno != EINTR) {
        close_end(end); /* EPIPE: nobody reads any more */
        return;
    }
    child->start += n > 0 ? (size_t)n : 0;
    if (child->start < child->end) {
        uv_poll_start(&end->poll, UV_WRITABLE, on_writable);
        return;
    }
    child->start = child->end = 0;
    uv_poll_stop(&end->poll);
    if (child->closing)
        close_end(end);
}

static void on_writable(uv_poll_t *poll, int status, int events)
{
    struct child_end *end = CONTAINER_OF(poll, struct child_end, poll);
    (void)status; /* the write tells */
    (void)events;
    write_some(end->child);
}

static void run_write(struct task *task, struct shard *here)
{
    (void)here;
    write_some(CONTAINER_OF(task, struct child_end, task)->child);
}

static bool is_stdin_open(const struct child *child)
{
    return child->ends[CHILD_STDIN].fd >= 0 && !child->closing;
}

static void make_room(struct child *child, size_t size)
{
    size_t length = child->end - child->start;
    if (child->capacity - child->end >= size)
        return;
    /* Moving is paid for by the bytes that were written. */
    if (child->start > length && child->capacity - length >= size) {
        memmove(child->queue, child->queue + child->start, length);
        child->start = 0;
        child->end = length;
        return;
    }
    child->capacity += child->capacity / 2 + size;
    child->queue = xrealloc(child->queue, child->capacity);
}

char *child_write(struct child *child, size_t size)
{
    if (!is_stdin_open(child))
        return NULL;
    make_room(child, size + 1); /* never NULL */
    char *room = child->queue + child->end;
    child->end += size;
    if (!uv_is_active((uv_handle_t *)&child->ends[CHILD_STDIN].poll))
        ready_push(&child->shard->flush, &child->ends[CHILD_STDIN].task);
    return room;
}

bool child_close(struct child *child)
{
    if (!is_stdin_open(child))
        return false;
    child->closing = true;
    if (!uv_is_active((uv_handle_t *)&child->ends[CHILD_STDIN].poll))
        ready_push(&child->shard->flush, &child->ends[CHILD_STDIN].task);
    return true;
}

int child_kill(struct child *child, int signal)
{
    return child->reaped ? 0 : uv_process_kill(&child->process, signal);
}

/* ---- The begin ----------------------------------------------------------- */

/* Our end in `ends`, the child's in *theirs. */
static int open_end(struct child *child, enum child_stream stream, int *theirs)
{
    struct child_end *end = &child->ends[stream];
    int ours = stream == CHILD_STDIN ? 1 : 0;
    int fds[2];
    int err = uv_pipe(fds, 0, 0); /* both ends are close-on-exec */
    if (err != 0)
        return err;
    err = uv_poll_init(&child->shard->loop, &end->poll, fds[ours]);
    if (err != 0) {
        close(fds[0]);
        close(fds[1]);
        return err;
    }
    child->references++;
    end->fd = fds[ours];
    *theirs = fds[1 - ours];
    return 0;
}

static int start(struct child *child, char *command, const int *theirs)
{
    char shell[] = "/bin/sh", option[] = "-c";
    char *arguments[] = { shell, option, command, NULL };
    uv_stdio_container_t stdio[CHILD_STREAMS];
    for (int i = 0; i < CHILD_STREAMS; i++) {
        stdio[i].flags = UV_INHERIT_FD;
        stdio[i].data.fd = theirs[i];
    }
    uv_process_options_t options = {
        .exit_cb = on_exit_process,
        .file = shell,
        .args = arguments,
        .stdio_count = CHILD_STREAMS,
        .stdio = stdio,
    };
    int core = topology_unpin();
    int err = uv_spawn(&child->shard->loop, &child->process, &options);
    topology_repin(core);
    child->references++; /* the handle is there even if it failed */
    return err;
}

static struct child *child_new(struct shard *shard)
{
    struct child *child = xcalloc(1, sizeof *child);
    child->shard = shard;
    child->exit.run = run_exit;
    child->references = 1;
    for (int i = 0; i < CHILD_STREAMS; i++) {
        struct child_end *end = &child->ends[i];
        end->child = child;
        end->stream = (enum child_stream)i;
        end->fd = -1;
        end->task.run = i == CHILD_STDIN ? run_write : run_read;
    }
    return child;
}

static int open_and_start(struct child *child, char *command)
{
    int theirs[CHILD_STREAMS] = { -1, -1, -1 };
    int err = 0;
    for (int i = 0; i < CHILD_STREAMS && err == 0; i++)
        err = open_end(child, (enum child_stream)i, &theirs[i]);
    if (err != 0)
        child->reaped = true; /* no handle of a process */
    else
        err = start(child, command, theirs);
    for (int i = 0; i < CHILD_STREAMS; i++)
        if (theirs[i] >= 0)
            close(theirs[i]);
    return err;
}

int child_spawn(struct child **out, struct shard *shard, char *command,
                const struct child_ops *ops, void *arg)
{
    struct child *child = child_new(shard);
    shard_hold(shard);
    int err = open_and_start(child, command);
    if (err != 0) {
        child_abandon(child);
        return err;
    }
    child->ops = ops;
    child->arg = arg;
    for (int i = CHILD_STDOUT; i < CHILD_STREAMS; i++)
        uv_poll_start(&child->ends[i].poll, UV_READABLE, on_readable);
    *out = child;
    return 0;
}
