// SPDX-License-Identifier: MIT
#include "tests/http/peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void sleep_ms(long ms)
{
    struct timespec time = { ms / 1000, ms % 1000 * 1000000 };
    nanosleep(&time, NULL);
}

static void show(const char *label, const char *bytes, size_t length)
{
    fprintf(stderr, "    %s: \"", label);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (i == 2000) {
            fprintf(stderr, "... (%zu bytes)", length);
            break;
        }
        if (c == '\r')
            fprintf(stderr, "\\r");
        else if (c == '\n')
            fprintf(stderr, "\\n");
        else if (c == '\\' || c < 32 || c > 126)
            fprintf(stderr, "\\x%02x", c);
        else
            fputc(c, stderr);
    }
    fprintf(stderr, "\"\n");
}

/* ---- Opening and closing ------------------------------------------------- */

int peer_open(struct peer *peer, const char *address, unsigned short port,
              int window)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(port) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
                               .sin6_port = htons(port) };
    struct sockaddr *to = (struct sockaddr *)&v4;
    socklen_t length = sizeof v4;
    int on = 1;

    if (inet_pton(AF_INET6, address, &v6.sin6_addr) == 1) {
        to = (struct sockaddr *)&v6;
        length = sizeof v6;
    } else if (inet_pton(AF_INET, address, &v4.sin_addr) != 1) {
        fail("%s is no address", address);
    }
    memset(peer, 0, sizeof *peer);
    peer->fd = socket(to->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (peer->fd < 0)
        fail("socket: %s", strerror(errno));
    if (window > 0)
        setsockopt(peer->fd, SOL_SOCKET, SO_RCVBUF, &window, sizeof window);
    if (connect(peer->fd, to, length) != 0) {
        int error = -errno;
        peer_close(peer);
        return error;
    }
    setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return 0;
}

void peer_close(struct peer *peer)
{
    close(peer->fd);
    peer->fd = -1;
}

void peer_reset(struct peer *peer)
{
    struct linger linger = { .l_onoff = 1, .l_linger = 0 };
    setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    peer_close(peer);
}

/* ---- Sending and receiving ----------------------------------------------- */

static bool is_ready(int fd, short event, long ms)
{
    struct pollfd wait = { .fd = fd, .events = event };
    int ready;
    do
        ready = poll(&wait, 1, (int)ms);
    while (ready < 0 && errno == EINTR);
    return ready > 0;
}

void peer_send(struct peer *peer, const char *bytes, size_t length)
{
    while (length > 0) {
        if (!is_ready(peer->fd, POLLOUT, PEER_LIMIT))
            fail("nobody receives what is sent: %zu bytes are left", length);
        ssize_t n = send(peer->fd, bytes, peer->gap > 0 ? 1 : length,
                         MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EAGAIN)
            continue;
        if (n < 0 && peer->careless)
            return;
        if (n < 0)
            fail("send: %s", strerror(errno));
        bytes += n;
        length -= (size_t)n;
        if (peer->gap > 0)
            sleep_ms(peer->gap);
    }
}

/* Receive once: > 0 bytes were added, 0: FIN, or a negative errno. */
static ssize_t receive_some(struct peer *peer, long limit)
{
    char bytes[65536];
    if (!is_ready(peer->fd, POLLIN, limit))
        return -ETIMEDOUT;
    ssize_t n = recv(peer->fd, bytes, sizeof bytes, 0);
    if (n < 0)
        return -errno;
    peer->in = realloc(peer->in, peer->length + (size_t)n + 1);
    memcpy(peer->in + peer->length, bytes, (size_t)n);
    peer->length += (size_t)n;
    return n;
}

static void drop(struct peer *peer, size_t length)
{
    peer->length -= length;
    if (peer->length > 0)
        memmove(peer->in, peer->in + length, peer->length);
}

/* ---- Expecting ----------------------------------------------------------- */

static void say_what_came(struct peer *peer, ssize_t result)
{
    show("received", peer->in, peer->length);
    if (result == 0)
        fprintf(stderr, "    then FIN\n");
    else if (result < 0)
        fprintf(stderr, "    then %s\n",
                result == -ETIMEDOUT ? "nothing" : strerror((int)-result));
}

/* Not what was expected: show it with what follows, as far as it comes. */
static void disagree(struct peer *peer, const char *expected, size_t length,
                     ssize_t result)
{
    while (result > 0)
        result = receive_some(peer, 300);
    show("expected", expected, length);
    say_what_came(peer, result);
    fail("the answer differs");
}

static size_t common(const char *a, const char *b, size_t length)
{
    size_t i = 0;
    while (i < length && a[i] == b[i])
        i++;
    return i;
}

void peer_expect(struct peer *peer, const char *expected, size_t length)
{
    for (;;) {
        size_t n = peer->length < length ? peer->length : length;
        if (common(peer->in, expected, n) < n)
            disagree(peer, expected, length, 1);
        drop(peer, n);
        expected += n;
        length -= n;
        if (length == 0)
            return;
        ssize_t result = receive_some(peer, PEER_LIMIT);
        if (result <= 0)
            disagree(peer, expected, length, result);
    }
}

/* "Date: " and an IMF-fixdate (RFC 9110 5.6.7) of the last half minute. */
void peer_expect_date(struct peer *peer)
{
    static const char form[] = "Date: %a, %d %b %Y %H:%M:%S GMT\r\n";
    char text[64], again[64];
    size_t length = sizeof "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n" - 1;

    while (peer->length < length) {
        ssize_t result = receive_some(peer, PEER_LIMIT);
        if (result <= 0)
            disagree(peer, "Date: ", 6, result);
    }
    memcpy(text, peer->in, length);
    text[length] = '\0';
    struct tm tm = { 0 };
    strptime(text, form, &tm);
    time_t then = timegm(&tm);
    strftime(again, sizeof again, form, &tm);
    if (strcmp(text, again) != 0 || labs(time(NULL) - then) > 30)
        disagree(peer, "Date: ", 6, 1);
    drop(peer, length);
}

void peer_expect_end(struct peer *peer, bool also_reset)
{
    ssize_t result = peer->length > 0 ? 1 : receive_some(peer, PEER_LIMIT);
    if (result == 0 || (result == -ECONNRESET && also_reset))
        return;
    say_what_came(peer, result);
    fail("the connection does not end here");
}

void peer_expect_silence(struct peer *peer, long ms)
{
    ssize_t result = peer->length > 0 ? 1 : receive_some(peer, ms);
    if (result == -ETIMEDOUT)
        return;
    say_what_came(peer, result);
    fail("silence is broken");
}
