// SPDX-License-Identifier: MIT
#ifndef TESTS_NET_STAGE_H
#define TESTS_NET_STAGE_H

#include "net/bytes.h"
#include "sched/shard.h"
#include "tests/net/text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * stage: one shard and the peers of its sockets, all on the test's thread.
 *
 * The test turns the shard and plays the peers between the turns, so nothing
 * runs at the same time.  A timer ticks: no turn sleeps for long, and whoever
 * waits in vain sees it.
 */
#define MS UINT64_C(1000000)
#define PATIENCE (20000 * MS)

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { IS_SANITIZED = 1 };
#else
enum { IS_SANITIZED = 0 };
#endif

struct stage {
    struct shard shard;
    struct bytes bytes;
    struct timer tick;
};

static inline void on_tick(struct task *task, struct shard *here)
{
    struct timer *tick = CONTAINER_OF(task, struct timer, task);
    timer_start(&here->timers, tick, uv_hrtime() + 2 * MS);
}

static inline void stage_open(struct stage *stage)
{
    signal(SIGPIPE, SIG_IGN); /* the peers write to closed sockets */
    CHECK(shard_open(&stage->shard, 0, 1) == 0);
    bytes_init(&stage->bytes);
    stage->tick = (struct timer){ .task.run = on_tick };
    ready_push(&stage->shard.ready, &stage->tick.task);
}

/* Everything on it must have closed. */
static inline void stage_close(struct stage *stage)
{
    CHECK_EQ(stage->shard.holds, 0);
    timer_stop(&stage->shard.timers, &stage->tick);
    ready_remove(&stage->shard.ready, &stage->tick.task);
    shard_close(&stage->shard);
    bytes_fini(&stage->bytes);
}

static inline void stage_turns(struct stage *stage, unsigned turns)
{
    while (turns-- > 0)
        shard_turn(&stage->shard);
}

static inline void stage_run(struct stage *stage, uint64_t ms)
{
    uint64_t end = uv_hrtime() + ms * MS;
    while (uv_hrtime() < end)
        shard_turn(&stage->shard);
}

/* Turn until the condition holds.  It may play the peers. */
#define TURN_UNTIL(stage, condition)                                       \
    do {                                                                   \
        uint64_t test_end = uv_hrtime() + PATIENCE;                        \
        bool test_held;                                                    \
        while (!(test_held = (condition)) && uv_hrtime() < test_end)       \
            shard_turn(&(stage)->shard);                                   \
        test_compare(__FILE__, __LINE__, "turned until " #condition,       \
                     test_held, 1);                                        \
    } while (0)

/* ---- Sockets ---------------------------------------------------------------- */

static inline void set_non_blocking(int fd)
{
    CHECK(fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) == 0);
}

/* A socket that listens on 127.0.0.1, and where. */
static inline int listen_here(struct sockaddr_in *out)
{
    socklen_t length = sizeof *out;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    *out = (struct sockaddr_in){ .sin_family = AF_INET };
    out->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(fd >= 0);
    CHECK(bind(fd, (struct sockaddr *)out, sizeof *out) == 0);
    CHECK(listen(fd, 128) == 0);
    CHECK(getsockname(fd, (struct sockaddr *)out, &length) == 0);
    return fd;
}

/* A connected socket, or a negative errno.  The connection is there when the
 * kernel has it, accepted or not. */
static inline int connect_to(uint16_t port)
{
    struct sockaddr_in addr = { .sin_family = AF_INET,
                                .sin_port = htons(port) };
    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    if (connect(fd, (struct sockaddr *)&addr, sizeof addr) != 0) {
        int error = -errno;
        close(fd);
        return error;
    }
    return fd;
}

/* Close so that the other side gets a reset. */
static inline void close_with_reset(int fd)
{
    struct linger linger = { .l_onoff = 1 };
    CHECK(setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger) == 0);
    close(fd);
}

/* The lowest descriptor that is free. */
static inline int lowest_descriptor(void)
{
    int fd = fcntl(0, F_DUPFD_CLOEXEC, 0);
    CHECK(fd >= 0);
    close(fd);
    return fd;
}

static inline unsigned open_descriptors(void)
{
    unsigned count = 0;
    for (int fd = 0; fd < 10000; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* ---- The other side of a connection ------------------------------------------ */

struct peer {
    int fd;
    struct text got;
    bool eof;
    int error; /* errno of a read or a write */
};

static inline void peer_init(struct peer *peer, int fd)
{
    CHECK(fd >= 0);
    *peer = (struct peer){ .fd = fd };
    set_non_blocking(fd);
}

static inline void peer_close(struct peer *peer)
{
    if (peer->fd >= 0)
        close(peer->fd);
    peer->fd = -1;
    text_free(&peer->got);
}

/* Read what is there, at most `most` bytes.  True: more may come. */
static inline bool peer_read(struct peer *peer, size_t most)
{
    static char buffer[64 * 1024];
    while (!peer->eof && peer->error == 0 && most > 0) {
        size_t size = most < sizeof buffer ? most : sizeof buffer;
        ssize_t length = recv(peer->fd, buffer, size, 0);
        if (length < 0 && errno == EAGAIN)
            return true;
        if (length < 0)
            peer->error = errno;
        else if (length == 0)
            peer->eof = true;
        else
            text_add(&peer->got, buffer, (size_t)length);
        most -= length > 0 ? (size_t)length : 0;
    }
    return !peer->eof && peer->error == 0;
}

/* Has it got so much by now, or everything it will ever get? */
static inline bool peer_has(struct peer *peer, size_t length)
{
    return !peer_read(peer, SIZE_MAX) || peer->got.length >= length;
}

static inline bool peer_is_at_end(struct peer *peer)
{
    return !peer_read(peer, SIZE_MAX);
}

/* What the kernel takes now of it. */
static inline size_t peer_offer(struct peer *peer, const char *bytes,
                                size_t length)
{
    ssize_t sent = send(peer->fd, bytes, length, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN)
        peer->error = errno;
    return sent < 0 ? 0 : (size_t)sent;
}

/* All of it; the shard turns while the kernel takes no more. */
static inline void peer_send(struct stage *stage, struct peer *peer,
                             const char *bytes, size_t length)
{
    uint64_t end = uv_hrtime() + PATIENCE;
    while (length > 0 && peer->error == 0 && uv_hrtime() < end) {
        size_t sent = peer_offer(peer, bytes, length);
        bytes += sent;
        length -= sent;
        if (length > 0)
            shard_turn(&stage->shard);
    }
    CHECK_EQ(length, 0);
}

static inline void peer_say(struct stage *stage, struct peer *peer,
                            const char *text)
{
    peer_send(stage, peer, text, strlen(text));
}

/* It got just this, and nothing follows in the next turns. */
#define CHECK_GOT(stage, peer, expected)                                   \
    do {                                                                   \
        TURN_UNTIL(stage, peer_has(peer, strlen(expected)));               \
        stage_turns(stage, 3);                                             \
        peer_read(peer, SIZE_MAX);                                         \
        CHECK_BYTES(&(peer)->got, expected);                               \
    } while (0)

#endif
