// SPDX-License-Identifier: MIT
#include "net/listener.h"

#include "sched/check.h"
#include "sched/mailbox.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    ACCEPT_BURST = 64 /* most connections a socket and turn */
};

/* How long to leave connections in the backlog when descriptors ran out. */
#define ACCEPT_PAUSE UINT64_C(100000000)

/* A port that listeners of this process share.  Under `lock`. */
struct port {
    struct port *next;
    struct addr asked;
    struct addr addr; /* with the real port */
    unsigned live;
    struct listener **members; /* by shard, NULL where none */
    unsigned shards;
};

/* One listening socket and its place in the loop. */
struct socket_poll {
    uv_poll_t handle;
    struct listener *listener;
    struct socket_poll *next;
    struct timeout pause;
    int fd;
};

/* A listening socket on its way to a sibling. */
struct handover {
    struct message message;
    struct port *port; /* counts as live in it */
    int fd;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct port *ports;

/* ---- Accepting ----------------------------------------------------------- */

static void on_readable(uv_poll_t *handle, int status, int events);

static void poll_start(struct socket_poll *s)
{
    CHECK(uv_poll_start(&s->handle, UV_READABLE, on_readable) == 0);
}

static bool is_out_of_resources(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS ||
           error == ENOMEM;
}

/* Returns false when there is nothing more to accept now. */
static bool accept_one(struct socket_poll *s)
{
    struct addr peer = { 0 };
    socklen_t length = sizeof peer;
    int fd = accept4(s->fd, &peer.any, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
        s->listener->ops->accept(s->listener, fd, &peer);
        return true;
    }
    if (is_out_of_resources(errno)) {
        uv_poll_stop(&s->handle);
        struct shard *shard = s->listener->shard;
        timeout_start(&shard->wheel, &s->pause, uv_hrtime() + ACCEPT_PAUSE);
        return false;
    }
    /* Any other error is one connection's, which is gone: accept(2). */
    return errno != EAGAIN && errno != EWOULDBLOCK && errno != EINVAL &&
           errno != EBADF;
}

static void on_readable(uv_poll_t *handle, int status, int events)
{
    (void)status;
    (void)events;
    struct socket_poll *s = CONTAINER_OF(handle, struct socket_poll, handle);
    for (int i = 0; i < ACCEPT_BURST && !s->listener->closing; i++)
        if (!accept_one(s))
            break;
}

static void on_pause_over(struct task *task, struct shard *here)
{
    (void)here;
    struct socket_poll *s = CONTAINER_OF(task, struct socket_poll, pause.task);
    if (!s->listener->closing)
        poll_start(s);
}

static void add_socket(struct listener *listener, int fd)
{
    struct socket_poll *s = xcalloc(1, sizeof *s);
    s->listener = listener;
    s->fd = fd;
    s->pause.task.run = on_pause_over;
    CHECK(uv_poll_init(&listener->shard->loop, &s->handle, fd) == 0);
    s->next = listener->sockets;
    listener->sockets = s;
    listener->open_sockets++;
    poll_start(s);
}

/* ---- Sockets ------------------------------------------------------------- */

static int set_option(int fd, int option)
{
    int on = 1;
    return setsockopt(fd, SOL_SOCKET, option, &on, sizeof on) == 0 ? 0
                                                                   : -errno;
}

static int bind_and_listen(int fd, const struct addr *addr, int backlog,
                           bool shared)
{
    int error = set_option(fd, SO_REUSEADDR);
    if (error == 0 && shared)
        error = set_option(fd, SO_REUSEPORT);
    if (error < 0)
        return error;
    if (bind(fd, &addr->any, addr_length(addr)) != 0)
        return -errno;
    if (listen(fd, backlog) != 0)
        return -errno;
    /* Only now that the port is ours alone may siblings bind it too. */
    return shared ? 0 : set_option(fd, SO_REUSEPORT);
}

/* A listening socket, or a negative errno. */
static int open_socket(const struct addr *addr, int backlog, bool shared)
{
    int fd = socket(addr->any.sa_family,
                    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    int error = bind_and_listen(fd, addr, backlog, shared);
    if (error < 0) {
        close(fd);
        return error;
    }
    return fd;
}

/* ---- The table of ports, under the lock ---------------------------------- */

/* The port this listener joins, or NULL.  Listeners on port 0 join the first
 * one that their shard has no part in; such a port can be named, too. */
static struct port *find_port(const struct listener *listener,
                              const struct addr *asked)
{
    for (struct port *p = ports; p != NULL; p = p->next) {
        if (!addr_equal(&p->asked, asked) && !addr_equal(&p->addr, asked))
            continue;
        if (addr_port(asked) != 0 || p->members[listener->shard->id] == NULL)
            return p;
    }
    return NULL;
}

static void add_port(struct listener *listener, const struct addr *asked,
                     const struct addr *addr)
{
    struct port *p = xcalloc(1, sizeof *p);
    p->asked = *asked;
    p->addr = *addr;
    p->shards = listener->shard->count;
    p->members = xcalloc(p->shards, sizeof(struct listener *));
    struct port **last = &ports;
    while (*last != NULL)
        last = &(*last)->next;
    *last = p;
    listener->port = p;
}

static void leave_port(struct port *port)
{
    if (--port->live > 0)
        return;
    struct port **at = &ports;
    while (*at != port)
        at = &(*at)->next;
    *at = port->next;
    free(port->members);
    free(port);
}

static int join_port(struct listener *listener, const struct addr *asked,
                     int backlog)
{
    unsigned id = listener->shard->id;
    struct port *found = find_port(listener, asked);
    if (found != NULL && found->members[id] != NULL)
        return -EADDRINUSE;
    int fd = open_socket(found == NULL ? asked : &found->addr, backlog,
                         found != NULL);
    if (fd < 0)
        return fd;
    if (found == NULL) {
        struct addr addr;
        socklen_t length = sizeof addr;
        CHECK(getsockname(fd, &addr.any, &length) == 0);
        add_port(listener, asked, &addr);
    } else {
        listener->port = found;
    }
    listener->port->members[id] = listener;
    listener->port->live++;
    return fd;
}

/* ---- Handing over -------------------------------------------------------- */

/* A sibling that still listens, or NULL. */
static struct listener *find_sibling(const struct port *port, unsigned from)
{
    for (unsigned i = 1; i < port->shards; i++) {
        unsigned id = (from + i) % port->shards;
        if (port->members[id] != NULL)
            return port->members[id];
    }
    return NULL;
}

static void discard_handover(struct message *message)
{
    struct handover *h = CONTAINER_OF(message, struct handover, message);
    close(h->fd);
    pthread_mutex_lock(&lock);
    leave_port(h->port);
    pthread_mutex_unlock(&lock);
    free(h);
}

static void on_handover(struct task *task, struct shard *here);

/* Send a listening socket to a sibling.  False when none listens any more; the
 * descriptor is the caller's still. */
static bool hand_over(struct shard *here, struct port *port, int fd)
{
    pthread_mutex_lock(&lock);
    struct listener *sibling = find_sibling(port, here->id);
    unsigned to = sibling == NULL ? 0 : sibling->shard->id;
    if (sibling != NULL)
        port->live++; /* it may close while the socket is on its way */
    pthread_mutex_unlock(&lock);
    if (sibling == NULL)
        return false;
    struct handover *h = xcalloc(1, sizeof *h);
    h->message.task.run = on_handover;
    h->message.discard = discard_handover;
    h->port = port;
    h->fd = fd;
    mailbox_post(here->mail, to, &h->message);
    return true;
}

static void on_handover(struct task *task, struct shard *here)
{
    struct handover *h = CONTAINER_OF(task, struct handover, message.task);
    pthread_mutex_lock(&lock);
    struct listener *listener = h->port->members[here->id];
    pthread_mutex_unlock(&lock);
    bool taken = listener != NULL;
    if (taken)
        add_socket(listener, h->fd);
    else
        taken = hand_over(here, h->port, h->fd);
    if (taken)
        h->fd = -1;
    discard_handover(&h->message);
}

/* ---- The listener -------------------------------------------------------- */

int listener_open(struct listener *listener, const struct listener_ops *ops,
                  struct shard *shard, const char *host, uint16_t port,
                  int backlog)
{
    struct addr asked;
    int error = addr_lookup(&asked, host, port);
    if (error < 0)
        return error;
    memset(listener, 0, sizeof *listener);
    listener->ops = ops;
    listener->shard = shard;
    pthread_mutex_lock(&lock);
    int fd = join_port(listener, &asked, backlog);
    pthread_mutex_unlock(&lock);
    if (fd < 0)
        return fd;
    add_socket(listener, fd);
    shard_hold(shard);
    return 0;
}

static void on_poll_closed(uv_handle_t *handle)
{
    struct socket_poll *s =
        CONTAINER_OF((uv_poll_t *)handle, struct socket_poll, handle);
    struct listener *listener = s->listener;
    free(s);
    if (--listener->open_sockets > 0)
        return;
    shard_release(listener->shard);
    listener->ops->closed(listener);
}

static void close_socket(struct socket_poll *s)
{
    struct listener *listener = s->listener;
    uv_poll_stop(&s->handle);
    timeout_stop(&listener->shard->wheel, &s->pause, &listener->shard->ready);
    if (listener->shard->stopping ||
        !hand_over(listener->shard, listener->port, s->fd)) {
        /* The last one: take what the kernel has accepted already. */
        while (!listener->shard->stopping && accept_one(s)) {}
        timeout_stop(&listener->shard->wheel, &s->pause,
                     &listener->shard->ready);
        close(s->fd);
    }
    uv_close((uv_handle_t *)&s->handle, on_poll_closed);
}

void listener_close(struct listener *listener)
{
    if (listener->closing)
        return;
    listener->closing = true;
    pthread_mutex_lock(&lock);
    listener->port->members[listener->shard->id] = NULL;
    pthread_mutex_unlock(&lock);
    struct socket_poll *s = listener->sockets;
    listener->sockets = NULL;
    while (s != NULL) {
        struct socket_poll *next = s->next;
        close_socket(s);
        s = next;
    }
    pthread_mutex_lock(&lock);
    leave_port(listener->port);
    pthread_mutex_unlock(&lock);
    listener->port = NULL;
}

void listener_addr(const struct listener *listener, struct addr *out)
{
    *out = listener->port->addr;
}
