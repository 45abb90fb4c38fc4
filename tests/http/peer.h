// SPDX-License-Identifier: MIT
#ifndef TESTS_HTTP_PEER_H
#define TESTS_HTTP_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * peer: one connection of a client that knows what has to come.
 *
 * Whatever does not go as it should ends the process by fail(), after what was
 * expected and what came.  Whoever has nothing to say for PEER_LIMIT is taken
 * for dead.
 */
enum {
    PEER_LIMIT = 20 * 1000 /* ms */
};

struct peer {
    int fd;       /* -1: left */
    char *in;     /* received, not asked for yet */
    size_t length;
    long gap;     /* ms between two bytes that are sent; 0: all at once */
    bool careless; /* nobody need receive what is sent */
};

/* Connect to `address`, with a receive buffer of `window` bytes unless 0.
 * Returns 0 or a negative errno. */
int peer_open(struct peer *peer, const char *address, unsigned short port,
              int window);
void peer_close(struct peer *peer);
void peer_reset(struct peer *peer); /* ... by RST */
void peer_send(struct peer *peer, const char *bytes, size_t length);
void peer_expect(struct peer *peer, const char *bytes, size_t length);
void peer_expect_date(struct peer *peer); /* a field of about now */
void peer_expect_end(struct peer *peer, bool also_reset);
void peer_expect_silence(struct peer *peer, long ms);

long now_ms(void);
void sleep_ms(long ms);

/* The caller's: say where this is and why, and end. */
void fail(const char *format, ...)
    __attribute__((format(printf, 1, 2), noreturn));

#endif
