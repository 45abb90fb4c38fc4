// SPDX-License-Identifier: MIT
#include "net/addr.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <string.h>

int addr_parse(struct addr *out, const char *text, uint16_t port)
{
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, text, &out->in.sin_addr) == 1) {
        out->in.sin_family = AF_INET;
        out->in.sin_port = htons(port);
        return 0;
    }
    if (inet_pton(AF_INET6, text, &out->in6.sin6_addr) == 1) {
        out->in6.sin6_family = AF_INET6;
        out->in6.sin6_port = htons(port);
        return 0;
    }
    return -EINVAL;
}

static int lookup_error(int error)
{
    switch (error) {
    case EAI_NONAME:
        return -ENOENT;
    case EAI_AGAIN:
        return -EAGAIN;
    case EAI_MEMORY:
        return -ENOMEM;
    case EAI_SYSTEM:
        return -errno;
    default:
        return -EINVAL;
    }
}

static int lookup_name(struct addr *out, const char *host, uint16_t port)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
    struct addrinfo *found;
    int error = getaddrinfo(host, NULL, &hints, &found);
    if (error != 0)
        return lookup_error(error);
    const struct addrinfo *chosen = NULL;
    for (const struct addrinfo *i = found; i != NULL; i = i->ai_next) {
        if (i->ai_family == AF_INET) {
            chosen = i;
            break;
        }
        if (i->ai_family == AF_INET6 && chosen == NULL)
            chosen = i;
    }
    if (chosen != NULL) {
        memset(out, 0, sizeof *out);
        memcpy(out, chosen->ai_addr, chosen->ai_addrlen);
        addr_set_port(out, port);
    }
    freeaddrinfo(found);
    return chosen == NULL ? -ENOENT : 0;
}

int addr_lookup(struct addr *out, const char *host, uint16_t port)
{
    if (host == NULL)
        return addr_parse(out, "0.0.0.0", port);
    if (addr_parse(out, host, port) == 0)
        return 0;
    return lookup_name(out, host, port);
}

void addr_text(const struct addr *addr, char out[ADDR_TEXT])
{
    if (addr->any.sa_family == AF_INET) {
        inet_ntop(AF_INET, &addr->in.sin_addr, out, ADDR_TEXT);
    } else if (IN6_IS_ADDR_V4MAPPED(&addr->in6.sin6_addr)) {
        inet_ntop(AF_INET, &addr->in6.sin6_addr.s6_addr[12], out, ADDR_TEXT);
    } else {
        inet_ntop(AF_INET6, &addr->in6.sin6_addr, out, ADDR_TEXT);
    }
}

uint16_t addr_port(const struct addr *addr)
{
    return ntohs(addr->any.sa_family == AF_INET ? addr->in.sin_port
                                                : addr->in6.sin6_port);
}

void addr_set_port(struct addr *addr, uint16_t port)
{
    if (addr->any.sa_family == AF_INET)
        addr->in.sin_port = htons(port);
    else
        addr->in6.sin6_port = htons(port);
}

socklen_t addr_length(const struct addr *addr)
{
    return addr->any.sa_family == AF_INET ? sizeof addr->in
                                          : sizeof addr->in6;
}

bool addr_equal(const struct addr *a, const struct addr *b)
{
    if (a->any.sa_family != b->any.sa_family || addr_port(a) != addr_port(b))
        return false;
    if (a->any.sa_family == AF_INET)
        return a->in.sin_addr.s_addr == b->in.sin_addr.s_addr;
    return memcmp(&a->in6.sin6_addr, &b->in6.sin6_addr,
                  sizeof a->in6.sin6_addr) == 0;
}
