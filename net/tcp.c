// SPDX-License-Identifier: MIT
#include "net/tcp.h"

#include "sched/check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* libuv's clock lags by up to a tick of the kernel's coarse one. */
#define CLOCK_SLACK UINT64_C(10000000)

static uv_stream_t *stream_of(struct tcp *tcp)
{
    return (uv_stream_t *)&tcp->handle;
}

static struct tcp *tcp_of(void *handle)
{
    return CONTAINER_OF(handle, struct tcp, handle);
}

/* ---- Idle ------------------------------------------------------------------ */

static uint64_t idle_deadline(const struct tcp *tcp)
{
    return uv_now(&tcp->shard->loop) * 1000000 + CLOCK_SLACK + tcp->idle_time;
}

void tcp_touch(struct tcp *tcp)
{
    if (timeout_is_started(&tcp->idle))
        timeout_touch(&tcp->idle, idle_deadline(tcp));
}

void tcp_suspend_timeout(struct tcp *tcp)
{
    timeout_stop(&tcp->shard->wheel, &tcp->idle, &tcp->shard->ready);
}

static void start_timeout(struct tcp *tcp)
{
    if (tcp->idle_time > 0 && !tcp->closing)
        timeout_start(&tcp->shard->wheel, &tcp->idle, idle_deadline(tcp));
}

void tcp_set_timeout(struct tcp *tcp, uint64_t milliseconds)
{
    tcp->idle_time = milliseconds * 1000000;
    tcp_suspend_timeout(tcp);
    start_timeout(tcp);
}

static void on_idle(struct task *task, struct shard *here)
{
    (void)here;
    struct tcp *tcp = CONTAINER_OF(task, struct tcp, idle.task);
    size_t queued = uv_stream_get_write_queue_size(stream_of(tcp));
    bool progress = queued != tcp->queued;
    tcp->queued = queued;
    if (progress)
        start_timeout(tcp); /* the kernel took some of a long write */
    else
        tcp->ops->timeout(tcp);
}

/* ---- Closing ----------------------------------------------------------------- */

static void on_closed(uv_handle_t *handle)
{
    struct tcp *tcp = tcp_of(handle);
    chain_clear(tcp->bytes, &tcp->writing);
    free(tcp->write);
    free(tcp->shutdown);
    shard_release(tcp->shard);
    tcp->ops->closed(tcp, tcp->error);
}

void tcp_close(struct tcp *tcp, int error)
{
    if (tcp->closing)
        return;
    tcp->closing = true;
    tcp->error = error;
    tcp->reading = false;
    tcp_suspend_timeout(tcp);
    ready_remove(&tcp->shard->flush, &tcp->flush);
    chain_clear(tcp->bytes, &tcp->out);
    uv_close((uv_handle_t *)&tcp->handle, on_closed);
}

static void close_when_both_shut(struct tcp *tcp)
{
    if (tcp->eof && tcp->shut)
        tcp_close(tcp, 0);
}

static void on_shutdown(uv_shutdown_t *request, int status)
{
    struct tcp *tcp = tcp_of(request->handle);
    if (status == UV_ECANCELED)
        return; /* closing */
    tcp->shut = true;
    if (status < 0)
        tcp_close(tcp, status);
    else
        close_when_both_shut(tcp);
}

static void start_shutdown(struct tcp *tcp)
{
    if (tcp->shutdown != NULL)
        return;
    tcp->shutdown = xmalloc(sizeof *tcp->shutdown);
    int error = uv_shutdown(tcp->shutdown, stream_of(tcp), on_shutdown);
    if (error < 0)
        tcp_close(tcp, error);
}

void tcp_shutdown(struct tcp *tcp)
{
    if (tcp->shut_wanted || tcp->closing)
        return;
    tcp->shut_wanted = true;
    tcp_written(tcp); /* the flush goes on from here */
}

/* ---- Writing ----------------------------------------------------------------- */

static void write_out(struct tcp *tcp);

static void on_written(uv_write_t *request, int status)
{
    struct tcp *tcp = tcp_of(request->handle);
    if (status == UV_ECANCELED)
        return; /* closing */
    chain_clear(tcp->bytes, &tcp->writing);
    if (status < 0) {
        tcp_close(tcp, status);
        return;
    }
    tcp_touch(tcp);
    write_out(tcp);
}

/* The kernel is full: leave the first blocks to libuv until it is not. */
static void write_later(struct tcp *tcp)
{
    uv_buf_t buffers[TCP_BUFFERS];
    unsigned count = chain_buffers(&tcp->out, buffers, TCP_BUFFERS);
    chain_split(&tcp->out, &tcp->writing, count);
    if (tcp->write == NULL)
        tcp->write = xmalloc(sizeof *tcp->write);
    int error = uv_write(tcp->write, stream_of(tcp), buffers, count,
                         on_written);
    if (error < 0)
        tcp_close(tcp, error);
}

static size_t buffers_length(const uv_buf_t *buffers, unsigned count)
{
    size_t length = 0;
    for (unsigned i = 0; i < count; i++)
        length += buffers[i].len;
    return length;
}

static void write_out(struct tcp *tcp)
{
    while (tcp->out.length > 0) {
        uv_buf_t buffers[TCP_BUFFERS];
        unsigned count = chain_buffers(&tcp->out, buffers, TCP_BUFFERS);
        int written = uv_try_write(stream_of(tcp), buffers, count);
        if (written == UV_EAGAIN)
            written = 0;
        if (written < 0) {
            tcp_close(tcp, written);
            return;
        }
        bool all = (size_t)written == buffers_length(buffers, count);
        chain_drop(tcp->bytes, &tcp->out, (size_t)written);
        if (!all) {
            write_later(tcp);
            return;
        }
    }
    if (tcp->shut_wanted)
        start_shutdown(tcp);
    if (tcp->crowded) {
        tcp->crowded = false;
        tcp->ops->drained(tcp);
    }
}

static void on_flush(struct task *task, struct shard *here)
{
    (void)here;
    struct tcp *tcp = CONTAINER_OF(task, struct tcp, flush);
    if (tcp->writing.length > 0)
        return; /* on_written() goes on */
    tcp_touch(tcp);
    write_out(tcp);
}

size_t tcp_pending(const struct tcp *tcp)
{
    return tcp->out.length +
           uv_stream_get_write_queue_size((const uv_stream_t *)&tcp->handle);
}

bool tcp_is_crowded(struct tcp *tcp)
{
    if (tcp->closing || tcp_pending(tcp) <= TCP_HIGH_WATER)
        return false;
    tcp->crowded = true;
    return true;
}

/* ---- Reading ------------------------------------------------------------------- */

/* One piece a connection and turn: offering no buffer the second time ends
 * libuv's round of reads at no further system call. */
static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *out)
{
    (void)suggested;
    struct tcp *tcp = tcp_of(handle);
    bool again = tcp->read_turn == tcp->shard->turns;
    tcp->read_turn = tcp->shard->turns;
    *out = uv_buf_init(tcp->bytes->read, again ? 0 : (unsigned)tcp->piece);
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct tcp *tcp = tcp_of(stream);
    if (length > 0) {
        tcp->ops->data(tcp, buffer->base, (size_t)length);
    } else if (length == UV_EOF) {
        tcp->eof = true;
        tcp->reading = false;
        uv_read_stop(stream);
        tcp->ops->eof(tcp);
        close_when_both_shut(tcp);
    } else if (length < 0 && length != UV_ENOBUFS) {
        tcp_close(tcp, (int)length);
    }
}

void tcp_read_start(struct tcp *tcp)
{
    if (tcp->reading || tcp->eof || tcp->closing)
        return;
    tcp->reading = true;
    int error = uv_read_start(stream_of(tcp), on_alloc, on_read);
    if (error < 0)
        tcp_close(tcp, error);
}

void tcp_read_stop(struct tcp *tcp)
{
    if (!tcp->reading)
        return;
    tcp->reading = false;
    uv_read_stop(stream_of(tcp));
}

/* ---- Opening --------------------------------------------------------------------- */

static void init(struct tcp *tcp, const struct tcp_ops *ops,
                 struct shard *shard, struct bytes *bytes, size_t piece)
{
    memset(tcp, 0, sizeof *tcp);
    CHECK(uv_tcp_init(&shard->loop, &tcp->handle) == 0);
    tcp->ops = ops;
    tcp->shard = shard;
    tcp->bytes = bytes;
    tcp->piece = piece;
    tcp->read_turn = UINT64_MAX;
    tcp->flush.run = on_flush;
    tcp->idle.task.run = on_idle;
    shard_hold(shard);
}

int tcp_adopt(struct tcp *tcp, const struct tcp_ops *ops, struct shard *shard,
              struct bytes *bytes, size_t piece, int fd)
{
    init(tcp, ops, shard, bytes, piece);
    int error = uv_tcp_open(&tcp->handle, fd);
    if (error < 0) {
        close(fd);
        tcp_close(tcp, error);
    }
    return error;
}
