// SPDX-License-Identifier: MIT
#ifndef NET_LISTENER_H
#define NET_LISTENER_H

#include "net/addr.h"
#include "sched/shard.h"

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

/*
 * listener: where connections come in; one a shard and address.
 *
 * The shards of one process share a port by SO_REUSEPORT: each has a socket of
 * its own and the kernel spreads the connections.  The first shard binds and
 * listens without the option, so that a port another process uses is refused,
 * and sets it then; its siblings bind with it.  Two listeners on one address
 * inside a shard are refused like two processes.
 *
 * The kernel resets the connections queued on a socket that is closed.  So a
 * listener that closes while siblings live hands its socket to one of them,
 * which accepts for both; only the last one closes.
 *
 * Threads: a listener belongs to one shard; the table of ports is shared by
 * all under a mutex, which is held while a port is bound.
 */
struct listener;
struct port;
struct socket_poll;

struct listener_ops {
    /* A connection came: the socket is the owner's.  From the loop. */
    void (*accept)(struct listener *listener, int fd,
                   const struct addr *peer);
    /* The end; the listener is the owner's memory again. */
    void (*closed)(struct listener *listener);
};

struct listener {
    const struct listener_ops *ops;
    struct shard *shard;
    struct port *port;
    struct socket_poll *sockets; /* its own, and what siblings handed over */
    unsigned open_sockets;
    bool closing;
};

/* Listen.  `host` NULL is every IPv4 address, a literal is itself, a name is
 * looked up, which blocks.  Port 0 is any; siblings that ask for it in the same
 * order get the first one's.  Returns 0 or a negative errno, the memory being
 * the caller's again then; else it is kept until closed(). */
int listener_open(struct listener *listener, const struct listener_ops *ops,
                  struct shard *shard, const char *host, uint16_t port,
                  int backlog);

/* Stop accepting.  Asynchronous; the second time nothing happens. */
void listener_close(struct listener *listener);

/* Where it listens, until it is closed: the port is the real one. */
void listener_addr(const struct listener *listener, struct addr *out);

#endif
