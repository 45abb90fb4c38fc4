// SPDX-License-Identifier: MIT
#include "net/tcp.h"

#include "sched/check.h"

#include <errno.h>
#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* The turn's clock lags by what a stage of it takes. */
#define CLOCK_SLACK UINT64_C(10000000)

/* ---- Idle ---------------------------------------------------------------- */

void tcp_touch(struct tcp *tcp)
{
    if (timeout_is_started(&tcp->idle))
        timeout_touch(&tcp->idle,
                      tcp->shard->now + CLOCK_SLACK + tcp->idle_time);
    else if (list_is_linked(&tcp->idle.task.link)) /* due, in this turn */
        tcp_set_timeout(tcp, tcp->idle_time / 1000000);
}

void tcp_suspend_timeout(struct tcp *tcp)
{
    timeout_stop(&tcp->shard->wheel, &tcp->idle, &tcp->shard->ready);
}

static void start_timeout(struct tcp *tcp)
{
    if (tcp->idle_time > 0 && !tcp->closing)
        timeout_start(&tcp->shard->wheel, &tcp->idle,
                      uv_hrtime() + tcp->idle_time);
}

void tcp_set_timeout(struct tcp *tcp, uint64_t milliseconds)
{
    tcp->idle_time = milliseconds * 1000000;
    tcp_suspend_timeout(tcp);
    start_timeout(tcp);
}

/* The kernel tells of room only once a good part of its queue has left, which a
 * slow peer may take minutes for.  Has it taken any since we last asked? */
static bool has_progress(struct tcp *tcp)
{
    int queued = 0;
    if (!tcp->full || ioctl(tcp->fd, SIOCOUTQ, &queued) != 0)
        return false;
    bool progress = queued != tcp->queued;
    tcp->queued = queued;
    return progress;
}

static void on_idle(struct task *task, struct shard *here)
{
    (void)here;
    struct tcp *tcp = CONTAINER_OF(task, struct tcp, idle.task);
    bool has_data = list_is_linked(&tcp->arrived.link);
    if (has_data || has_progress(tcp))
        start_timeout(tcp);
    else
        tcp->ops->timeout(tcp);
}

/* ---- Polling ------------------------------------------------------------- */

static void on_poll(uv_poll_t *poll, int status, int events);

static void poll_for(struct tcp *tcp, int events)
{
    if (tcp->events == events || tcp->closing)
        return;
    tcp->events = events;
    CHECK(uv_poll_start(&tcp->poll, events, on_poll) == 0); /* 0 stops */
}

/* ---- Closing ------------------------------------------------------------- */

static void on_closed(uv_handle_t *handle)
{
    struct tcp *tcp = CONTAINER_OF(handle, struct tcp, poll);
    /* What was written since it closed. */
    ready_remove(&tcp->shard->flush, &tcp->flush);
    chain_clear(tcp->bytes, &tcp->out);
    struct shard *shard = tcp->shard;
    tcp->ops->closed(tcp, tcp->error);
    shard_release(shard);
}

void tcp_close(struct tcp *tcp, int error)
{
    if (tcp->closing)
        return;
    poll_for(tcp, 0);
    tcp->closing = true;
    tcp->error = error;
    tcp_suspend_timeout(tcp);
    ready_remove(&tcp->shard->flush, &tcp->flush);
    ready_remove(&tcp->shard->ready, &tcp->input);
    if (list_is_linked(&tcp->arrived.link))
        bytes_release(tcp->bytes);
    ready_remove(&tcp->shard->input, &tcp->arrived);
    chain_clear(tcp->bytes, &tcp->out);
    close(tcp->fd);
    uv_close((uv_handle_t *)&tcp->poll, on_closed);
}

static void close_when_both_shut(struct tcp *tcp)
{
    if (tcp->eof && tcp->shut)
        tcp_close(tcp, 0);
}

void tcp_shutdown(struct tcp *tcp)
{
    if (tcp->shut_wanted || tcp->closing)
        return;
    tcp->shut_wanted = true;
    tcp_written(tcp); /* the flush goes on from here */
}

/* ---- Writing ------------------------------------------------------------- */

/* Give the kernel what it takes now of one call's worth.  Returns what was
 * offered, *taken what was taken; 0 bytes of it when the kernel is full. */
static int send_some(struct tcp *tcp, size_t *offered, size_t *taken)
{
    struct iovec buffers[TCP_BUFFERS];
    unsigned count = chain_buffers(&tcp->out, buffers, TCP_BUFFERS);
    ssize_t sent;
    *offered = 0;
    for (unsigned i = 0; i < count; i++)
        *offered += buffers[i].iov_len;
    if (count == 1) {
        sent = send(tcp->fd, buffers[0].iov_base, buffers[0].iov_len,
                    MSG_NOSIGNAL);
    } else {
        struct msghdr message = { .msg_iov = buffers, .msg_iovlen = count };
        sent = sendmsg(tcp->fd, &message, MSG_NOSIGNAL);
    }
    *taken = sent < 0 ? 0 : (size_t)sent;
    if (sent < 0 && errno != EAGAIN && errno != EINTR)
        return -errno;
    return 0;
}

static void finish_output(struct tcp *tcp)
{
    poll_for(tcp, tcp->events & ~UV_WRITABLE);
    if (tcp->shut_wanted && !tcp->shut) {
        tcp->shut = true;
        /* An error means that the peer is gone, which a read will tell. */
        shutdown(tcp->fd, SHUT_WR);
        close_when_both_shut(tcp);
    }
    if (tcp->crowded && !tcp->closing) {
        tcp->crowded = false;
        tcp->ops->drained(tcp);
    }
}

static void write_out(struct tcp *tcp)
{
    while (tcp->out.length > 0) {
        size_t offered;
        size_t taken;
        int error = send_some(tcp, &offered, &taken);
        if (error < 0) {
            tcp_close(tcp, error);
            return;
        }
        if (taken > 0)
            tcp_touch(tcp);
        chain_drop(tcp->bytes, &tcp->out, taken);
        if (taken < offered) {
            tcp->full = true;
            poll_for(tcp, tcp->events | UV_WRITABLE);
            return;
        }
    }
    finish_output(tcp);
}

static void on_flush(struct task *task, struct shard *here)
{
    (void)here;
    struct tcp *tcp = CONTAINER_OF(task, struct tcp, flush);
    if (!tcp->full && !tcp->connecting && !tcp->closing)
        write_out(tcp);
}

bool tcp_is_crowded(struct tcp *tcp)
{
    if (tcp->closing || tcp_pending(tcp) <= TCP_HIGH_WATER)
        return false;
    tcp->crowded = true;
    return true;
}

/* ---- Reading ------------------------------------------------------------- */

static void on_arrived(struct task *task, struct shard *here)
{
    (void)here;
    struct tcp *tcp = CONTAINER_OF(task, struct tcp, arrived);
    struct bytes *bytes = tcp->bytes;
    tcp->ops->data(tcp, tcp->data, tcp->data_length);
    bytes_release(bytes);
}

static void read_some(struct tcp *tcp)
{
    char *room = bytes_room(tcp->bytes);
    if (room == NULL || list_is_linked(&tcp->arrived.link)) {
        ready_push(&tcp->shard->ready, &tcp->input); /* after those */
        return;
    }
    ssize_t length = recv(tcp->fd, room, tcp->piece, 0);
    if (length > 0) {
        bytes_keep(tcp->bytes, (size_t)length);
        tcp->data = room;
        tcp->data_length = (size_t)length;
        ready_push(&tcp->shard->input, &tcp->arrived);
    } else if (length == 0) {
        tcp->eof = true;
        poll_for(tcp, tcp->events & ~UV_READABLE);
        tcp->ops->eof(tcp);
        close_when_both_shut(tcp);
    } else if (errno != EAGAIN && errno != EINTR) {
        tcp_close(tcp, -errno);
    }
}

static void finish_connect(struct tcp *tcp)
{
    int error = 0;
    socklen_t length = sizeof error;
    CHECK(getsockopt(tcp->fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0);
    if (error != 0) {
        tcp_close(tcp, -error);
        return;
    }
    tcp->connecting = false;
    poll_for(tcp, tcp->events & ~UV_WRITABLE);
    tcp_written(tcp); /* what waited leaves */
    tcp->ops->connected(tcp);
}

static void on_input(struct task *task, struct shard *here)
{
    (void)here;
    struct tcp *tcp = CONTAINER_OF(task, struct tcp, input);
    if (tcp->connecting)
        finish_connect(tcp);
    else
        read_some(tcp);
}

/* On an error libuv stops polling.  Data that came before it is still read, a
 * piece a turn; then recv() tells the error, but not after a FIN. */
static void on_poll(uv_poll_t *poll, int status, int events)
{
    struct tcp *tcp = CONTAINER_OF(poll, struct tcp, poll);
    if (status < 0 && tcp->eof) {
        tcp_close(tcp, -ECONNRESET);
        return;
    }
    if (status < 0) {
        int polled = tcp->events;
        tcp->events = 0;
        poll_for(tcp, polled | UV_READABLE);
        events = UV_READABLE;
    }
    if (events & UV_WRITABLE) {
        tcp->full = false;
        tcp_written(tcp);
    }
    if ((events & UV_READABLE) != 0 || tcp->connecting)
        ready_push(&tcp->shard->ready, &tcp->input);
}

void tcp_read_start(struct tcp *tcp)
{
    if (!tcp->eof)
        poll_for(tcp, tcp->events | UV_READABLE);
}

void tcp_read_stop(struct tcp *tcp)
{
    poll_for(tcp, tcp->events & ~UV_READABLE);
    ready_remove(&tcp->shard->ready, &tcp->input);
}

/* ---- Opening ------------------------------------------------------------- */

int tcp_adopt(struct tcp *tcp, const struct tcp_ops *ops, struct shard *shard,
              struct bytes *bytes, size_t piece, int fd)
{
    memset(tcp, 0, sizeof *tcp);
    int error = uv_poll_init(&shard->loop, &tcp->poll, fd);
    if (error < 0)
        return error;
    tcp->ops = ops;
    tcp->shard = shard;
    tcp->bytes = bytes;
    tcp->piece = (uint32_t)piece;
    tcp->fd = fd;
    tcp->input.run = on_input;
    tcp->arrived.run = on_arrived;
    tcp->flush.run = on_flush;
    tcp->idle.task.run = on_idle;
    shard_hold(shard);
    return 0;
}

static int open_connecting(const struct addr *addr)
{
    int fd = socket(addr->any.sa_family,
                    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    if (connect(fd, &addr->any, addr_length(addr)) != 0 &&
        errno != EINPROGRESS) {
        int error = -errno;
        close(fd);
        return error;
    }
    return fd;
}

int tcp_connect(struct tcp *tcp, const struct tcp_ops *ops,
                struct shard *shard, struct bytes *bytes, size_t piece,
                const struct addr *addr)
{
    int fd = open_connecting(addr);
    if (fd < 0)
        return fd;
    int error = tcp_adopt(tcp, ops, shard, bytes, piece, fd);
    if (error < 0) {
        close(fd);
        return error;
    }
    tcp->connecting = true;
    poll_for(tcp, UV_WRITABLE);
    return 0;
}

void tcp_set_no_delay(struct tcp *tcp, bool on)
{
    int value = on;
    /* It fails only on a socket that is gone, where it does not matter. */
    setsockopt(tcp->fd, IPPROTO_TCP, TCP_NODELAY, &value, sizeof value);
}
