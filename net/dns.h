// SPDX-License-Identifier: MIT
#ifndef NET_DNS_H
#define NET_DNS_H

#include "net/addr.h"
#include "sched/list.h"
#include "sched/ready.h"

#include <stddef.h>
#include <stdint.h>

struct shard;

/*
 * dns: names to addresses and back.
 *
 * There are two ways to ask.  A query asks the name servers and nobody else,
 * and gives the answer as they gave it, with time-to-live and canonical name.
 * A lookup finds the addresses to connect to: literal, hosts file, then name
 * servers with the search list of resolv.conf, IPv4 first.
 *
 * A shard has one channel of c-ares, opened by the first name it asks for and
 * driven by its loop and one timer.  c-ares reads /etc/resolv.conf then, and
 * looks at the hosts file's date at each lookup; both are small and local.
 * Nothing is cached.  A server gets 2 seconds to answer, and is asked up to 3
 * times.  While nothing is in flight no socket is open and nothing holds the
 * shard; a lookup that was cancelled may keep a socket until it would have
 * ended.
 *
 * Names are printable ASCII in labels of 1 to 63 bytes, 253 bytes in all; a dot
 * may follow.  Anything else is DNS_BADQUERY, told by done() like every other
 * failure.
 *
 * A request is memory of the caller, who leaves it in place until done(), which
 * comes once, in a turn, never within the call that began it.  done() may free
 * it.
 *
 * Threads: all of it on the shard's own.
 */
struct dns;
struct dns_ticket;

/* `servers` ("192.0.2.1,192.0.2.2:5353,[2001:db8::1]:53") instead of those of
 * resolv.conf, unless NULL or empty; `hosts` instead of /etc/hosts, unless
 * NULL.  Both are copied.  No file is read and no socket opened yet. */
struct dns *dns_open(struct shard *shard, const char *servers,
                     const char *hosts);

/* Requests in flight are forgotten: no done() comes, their memory is the
 * caller's at once. */
void dns_close(struct dns *dns);

enum dns_code {
    DNS_OK = 0,
    DNS_TEMPFAIL = -1, /* no answer in time, SERVFAIL or similar */
    DNS_PROTOCOL = -2, /* an answer that makes no sense */
    DNS_NXDOMAIN = -3, /* no such name */
    DNS_NODATA = -4,   /* the name has no record of this type */
    DNS_NOMEM = -5,
    DNS_BADQUERY = -6 /* no such name is possible */
};

enum dns_type {
    DNS_IPV4,
    DNS_IPV6,
    DNS_NAMES
};

/* What both ways share; no business of the caller. */
struct dns_request {
    struct task task;       /* pushed when it is done */
    struct list_node link;  /* in dns->requests until then */
    struct dns *dns;        /* NULL: not in flight */
    struct dns_ticket *ticket; /* c-ares's name for it */
};

struct dns_query {
    struct dns_request request;
    enum dns_type type;

    /* Set it before the query begins. */
    void (*done)(struct dns_query *query);

    /* The answer, in done(). */
    enum dns_code code;
    const char *why; /* of a failure: English; lives for ever */
    uint32_t ttl;    /* seconds: the least of all records that led here */
    size_t count;    /* of values: addresses, or names */
    char *text;      /* canonical name, values: each with its NUL */
};

/* Ask for the addresses of a name, or for the names of an address.  Returns 0,
 * or, with nothing begun, -EINVAL: dns_open() was given bad servers, or another
 * negative errno: c-ares cannot be opened. */
int dns_resolve(struct dns *dns, struct dns_query *query, enum dns_type type,
                const char *name, size_t length);
int dns_reverse(struct dns *dns, struct dns_query *query,
                const struct addr *addr);

/* Free what the answer holds.  After done(), or after dns_close(). */
void dns_query_fini(struct dns_query *query);

struct dns_lookup {
    struct dns_request request;

    /* Set these before the lookup begins; the name is copied. */
    const char *name;
    uint16_t port;
    void (*done)(struct dns_lookup *lookup);

    /* The answer, in done(). */
    int error;       /* 0, -ENOENT: no such name or no address, -EAGAIN: failed
                        for now, -EINVAL: bad name or bad servers, -ENOMEM */
    const char *why; /* of an error: English; lives for ever */
    size_t count;    /* of addresses: without an error at least one */
    struct addr *addrs;
};

void dns_lookup(struct dns *dns, struct dns_lookup *lookup);

/* No done() comes; the memory is the caller's at once.  Nothing happens when
 * done() has come, or dns_close(), or when it is all zero. */
void dns_lookup_cancel(struct dns_lookup *lookup);

/* Free what the answer holds.  After done(), or after dns_close(). */
void dns_lookup_fini(struct dns_lookup *lookup);

#endif
