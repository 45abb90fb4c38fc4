// SPDX-License-Identifier: MIT
#ifndef NET_ADDR_H
#define NET_ADDR_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

/*
 * addr: an IPv4 or IPv6 socket address.
 */
struct addr {
    union {
        struct sockaddr any;
        struct sockaddr_in in;
        struct sockaddr_in6 in6;
    };
};

enum {
    ADDR_TEXT = 46 /* INET6_ADDRSTRLEN: the longest text and its NUL */
};

/* A literal ("127.0.0.1", "::1"); -EINVAL when `text` is none. */
int addr_parse(struct addr *out, const char *text, uint16_t port);

/* What to listen on: NULL is every IPv4 address, a literal is itself, a name is
 * looked up, IPv4 preferred, and blocks.  Returns 0, -ENOENT for an unknown
 * name, -EAGAIN when the lookup failed for now, or another negative errno. */
int addr_lookup(struct addr *out, const char *host, uint16_t port);

/* An IPv4-mapped IPv6 address is written as the IPv4 address it stands for. */
void addr_text(const struct addr *addr, char out[ADDR_TEXT]);

uint16_t addr_port(const struct addr *addr);
void addr_set_port(struct addr *addr, uint16_t port);
socklen_t addr_length(const struct addr *addr);
bool addr_equal(const struct addr *a, const struct addr *b);

#endif
