/* SPDX-License-Identifier: MIT */

/*
 * floor: the least CPU this kernel lets one thread spend on a request.
 *
 *     floor [PORT]        (default 8001, on every address)
 *
 * It answers every request head with exactly the bytes that apps/hello.js
 * answers, and reads nothing of the request but where heads end.  What is left
 * is the price of the sockets: one receive and one send per request, or per
 * batch of pipelined requests.  node is measured as a multiple of it.
 *
 * Being level-triggered, it needs no second receive to see EAGAIN.  Nagle's
 * algorithm stays on, as node leaves it.  The responses to a whole batch lie
 * ready in memory, so a batch is sent without copying a byte to build it.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BEFORE_DATE "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: "
#define DATE "Thu, 01 Jan 1970 00:00:00 GMT"
#define AFTER_DATE                                                             \
    "\r\nConnection: keep-alive\r\nContent-Length: 12\r\n\r\nHello World\n"
#define RESPONSE BEFORE_DATE DATE AFTER_DATE

enum {
    DATE_AT = sizeof BEFORE_DATE - 1,
    DATE_LENGTH = sizeof DATE - 1,
    RESPONSE_LENGTH = sizeof RESPONSE - 1,
    CARRY = 3,               /* all of "\r\n\r\n" but its last byte */
    RECEIVE = 4096,          /* bytes per receive */
    RESPONSES = RECEIVE / 2, /* heads a receive can end: "\r\n\r\n\r\n..." */
    EVENTS = 256,            /* per epoll_wait */
    MAX_FDS = 1 << 20,
};

struct connection {
    char carry[CARRY]; /* last bytes received: a head may end across two */
    char *unsent;      /* what a short send left; we read no more until it is
                          gone, so it is bounded.  NULL as a rule */
    size_t unsent_at, unsent_end;
};

static char responses[RESPONSES * RESPONSE_LENGTH];
static struct connection *connections; /* by file descriptor */
static int poller;

static void die(const char *what)
{
    fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* Once a second, write the date into every response.  Called per wakeup: the
 * clock costs nanoseconds, and nothing ticks while the server is idle. */
static void refresh_date(void)
{
    static time_t shown = -1;
    time_t now = time(NULL);
    struct tm tm;
    char date[DATE_LENGTH + 1];

    if (now == shown)
        return;
    shown = now;
    gmtime_r(&now, &tm);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &tm);
    for (size_t i = 0; i < RESPONSES; i++)
        memcpy(responses + i * RESPONSE_LENGTH + DATE_AT, date, DATE_LENGTH);
}

/* How many heads end in the `length` bytes after the carried ones.  Without a
 * branch, so that the compiler can look at a vector of bytes at a time. */
static unsigned count_heads(const char *p, size_t length)
{
    unsigned heads = 0;

    for (size_t i = 0; i < length; i++)
        heads += (p[i] == '\r') & (p[i + 1] == '\n') & (p[i + 2] == '\r') &
                 (p[i + 3] == '\n');
    return heads;
}

static void watch(int op, int fd, uint32_t events)
{
    struct epoll_event event = { .events = events, .data.fd = fd };

    if (epoll_ctl(poller, op, fd, &event) < 0)
        die("epoll_ctl");
}

static void drop(int fd)
{
    free(connections[fd].unsent);
    memset(&connections[fd], 0, sizeof connections[fd]);
    close(fd);
}

static void answer(int fd, unsigned heads)
{
    struct connection *c = &connections[fd];
    size_t length = (size_t)heads * RESPONSE_LENGTH;
    ssize_t sent = send(fd, responses, length, 0);

    if (sent == (ssize_t)length)
        return;
    if (sent < 0 && errno != EAGAIN) {
        drop(fd);
        return;
    }
    if (sent < 0)
        sent = 0;
    /* Copied, because the date in the original may change meanwhile. */
    c->unsent_at = 0;
    c->unsent_end = length - sent;
    c->unsent = malloc(c->unsent_end);
    if (c->unsent == NULL)
        die("malloc");
    memcpy(c->unsent, responses + sent, c->unsent_end);
    watch(EPOLL_CTL_MOD, fd, EPOLLOUT);
}

static void on_writable(int fd)
{
    struct connection *c = &connections[fd];
    ssize_t sent =
        send(fd, c->unsent + c->unsent_at, c->unsent_end - c->unsent_at, 0);

    if (sent < 0) {
        if (errno != EAGAIN)
            drop(fd);
        return;
    }
    c->unsent_at += sent;
    if (c->unsent_at < c->unsent_end)
        return;
    free(c->unsent);
    c->unsent = NULL;
    watch(EPOLL_CTL_MOD, fd, EPOLLIN);
}

static void on_readable(int fd)
{
    static char bytes[CARRY + RECEIVE];
    struct connection *c = &connections[fd];
    ssize_t received = recv(fd, bytes + CARRY, RECEIVE, 0);
    unsigned heads;

    if (received <= 0) {
        if (received == 0 || errno != EAGAIN)
            drop(fd);
        return;
    }
    memcpy(bytes, c->carry, CARRY);
    memcpy(c->carry, bytes + received, CARRY);
    heads = count_heads(bytes, received);
    if (heads > 0)
        answer(fd, heads);
}

/* Take every connection that waits.  One that its peer has given up is
 * skipped; running out of descriptors ends the program, since serving fewer
 * connections than were opened would measure something else. */
static void on_connection(int listener)
{
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (fd >= 0)
            watch(EPOLL_CTL_ADD, fd, EPOLLIN);
        else if (errno == EAGAIN)
            return;
        else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM)
            die("accept");
    }
}

static int open_listener(unsigned short port)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons(port) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0)
        die("socket");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof(int));
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0)
        die("bind");
    if (listen(fd, SOMAXCONN) < 0)
        die("listen");
    return fd;
}

/* One slot per descriptor we may ever get; untouched slots cost nothing. */
static void open_table(void)
{
    struct rlimit limit;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max < MAX_FDS ? limit.rlim_max : MAX_FDS;
    if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
        die("setrlimit");
    connections = calloc(limit.rlim_cur, sizeof *connections);
    if (connections == NULL)
        die("calloc");
}

int main(int argc, char **argv)
{
    static struct epoll_event events[EVENTS];
    static char nothing[] = "";
    char *end = nothing;
    long port = argc > 1 ? strtol(argv[1], &end, 10) : 8001;
    int listener;

    if (argc > 2 || *end != '\0' || port < 1 || port > 65535) {
        fprintf(stderr, "usage: floor [PORT]\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    open_table();
    for (size_t i = 0; i < RESPONSES; i++)
        memcpy(responses + i * RESPONSE_LENGTH, RESPONSE, RESPONSE_LENGTH);
    poller = epoll_create1(EPOLL_CLOEXEC);
    if (poller < 0)
        die("epoll_create1");
    listener = open_listener((unsigned short)port);
    watch(EPOLL_CTL_ADD, listener, EPOLLIN);
    printf("Floor at http://127.0.0.1:%ld/\n", port);
    fflush(stdout);
    for (;;) {
        int count = epoll_wait(poller, events, EVENTS, -1);

        refresh_date();
        for (int i = 0; i < count; i++) {
            int fd = events[i].data.fd;

            if (fd == listener)
                on_connection(fd);
            else if (connections[fd].unsent != NULL)
                on_writable(fd);
            else
                on_readable(fd);
        }
    }
}
