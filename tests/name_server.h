// SPDX-License-Identifier: MIT
#ifndef TESTS_NAME_SERVER_H
#define TESTS_NAME_SERVER_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * name_server: one that does what a real one will not.  It listens on a port of
 * 127.0.0.1, by UDP and TCP, and the first label of the name that is asked for
 * says how it answers:
 *
 *     servfail refused formerr nxdomain nodata    with that code
 *     silent     not at all
 *     late       the second time it is asked
 *     garbled    with the right id, and no message behind it
 *     cut        with half a record
 *     noise      with changed bytes, others each time
 *     wrongid    first with another id, then rightly
 *     wrongname  first to another question, then rightly
 *     truncated  by UDP "truncated", by TCP rightly
 *     hangup     by UDP "truncated", by TCP not at all
 *     huge       by UDP "truncated", by TCP with HUGE addresses
 *     loop       with a canonical name that is its own
 *     chain      with three canonical names and the record, last one first
 *     dangling   with a canonical name, and no record of that
 *     stranger   with a record of another name before its own
 *     longttl    with a time-to-live of more than 31 bits
 *
 * and every other name rightly: 192.0.2.1, 2001:db8::1, or the name
 * host.example; for 300 seconds.
 */
enum {
    NAME_SERVER_HUGE = 3000,
    NAME_SERVER_TTL = 300
};

struct name_server {
    int udp;
    int tcp;
    int quit[2]; /* a pipe: name_server_run() ends when it closes */
    uint16_t port;
    atomic_uint asked;
    unsigned noise;
    bool was_late;
};

enum {
    TYPE_A = 1,
    TYPE_CNAME = 5,
    TYPE_PTR = 12,
    TYPE_AAAA = 28
};

/* A message as it grows. */
struct message {
    uint8_t bytes[65536];
    size_t length;
};

static void put(struct message *m, const void *bytes, size_t length)
{
    memcpy(m->bytes + m->length, bytes, length);
    m->length += length;
}

static void put16(struct message *m, unsigned value)
{
    uint8_t bytes[] = { (uint8_t)(value >> 8), (uint8_t)value };
    put(m, bytes, 2);
}

static void set16(struct message *m, size_t at, unsigned value)
{
    m->bytes[at] = (uint8_t)(value >> 8);
    m->bytes[at + 1] = (uint8_t)value;
}

static unsigned get16(const uint8_t *bytes)
{
    return (unsigned)bytes[0] << 8 | bytes[1];
}

/* `name` with dots; "" is the name of the question. */
static void put_name(struct message *m, const char *name)
{
    if (*name == '\0') {
        put16(m, 0xC00C);
        return;
    }
    while (*name != '\0') {
        size_t label = strcspn(name, ".");
        uint8_t length = (uint8_t)label;
        put(m, &length, 1);
        put(m, name, label);
        name += label + (name[label] == '.');
    }
    put(m, "", 1);
}

static size_t put_head(struct message *m, const char *name, unsigned type,
                       uint32_t ttl)
{
    put_name(m, name);
    put16(m, type);
    put16(m, 1);
    put16(m, ttl >> 16);
    put16(m, ttl & 0xFFFF);
    put16(m, 0); /* the length, later */
    set16(m, 6, get16(m->bytes + 6) + 1);
    return m->length;
}

static void put_record(struct message *m, const char *name, unsigned type,
                       uint32_t ttl)
{
    static const uint8_t six[16] = { 0x20, 0x01, 0x0D, 0xB8, [15] = 1 };
    static const uint8_t four[4] = { 192, 0, 2, 1 };
    size_t start = put_head(m, name, type, ttl);

    if (type == TYPE_A)
        put(m, four, sizeof four);
    else if (type == TYPE_AAAA)
        put(m, six, sizeof six);
    else
        put_name(m, "host.example");
    set16(m, start - 2, (unsigned)(m->length - start));
}

static void put_alias(struct message *m, const char *name, const char *target,
                      uint32_t ttl)
{
    size_t start = put_head(m, name, TYPE_CNAME, ttl);

    put_name(m, target);
    set16(m, start - 2, (unsigned)(m->length - start));
}

static void put_huge(struct message *m)
{
    for (unsigned i = 0; i < NAME_SERVER_HUGE; i++) {
        size_t start = put_head(m, "", TYPE_A, NAME_SERVER_TTL);
        uint8_t address[] = { 10, 0, (uint8_t)(i >> 8), (uint8_t)i };
        put(m, address, 4);
        set16(m, start - 2, 4);
    }
}

static void put_chain(struct message *m, unsigned type)
{
    put_record(m, "third.example", type, 40);
    put_alias(m, "Second.example", "THIRD.example", 30);
    put_alias(m, "first.example", "second.example", 20);
    put_alias(m, "", "first.example", 50);
}

/* The question, back with an answer's header.  False: there is none. */
static bool put_question(struct message *m, const uint8_t *query,
                         size_t length, char label[64], unsigned *type)
{
    size_t end = 12;

    if (length < 17 || query[12] == 0 || query[12] > 63)
        return false;
    while (end < length && query[end] != 0)
        end += query[end] + 1U;
    end += 5;
    if (end > length)
        return false;
    memcpy(label, query + 13, query[12]);
    label[query[12]] = '\0';
    *type = get16(query + end - 4);
    m->length = 0;
    put(m, query, end);
    set16(m, 2, 0x8180); /* a response; recursion desired and available */
    set16(m, 4, 1);
    memset(m->bytes + 6, 0, 6);
    return true;
}

static bool set_code(struct message *m, const char *label)
{
    static const struct {
        const char *label;
        unsigned code;
    } codes[] = { { "nodata", 0 },   { "formerr", 1 }, { "servfail", 2 },
                  { "nxdomain", 3 }, { "refused", 5 } };

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strcasecmp(label, codes[i].label) == 0) {
            set16(m, 2, 0x8180 | codes[i].code);
            return true;
        }
    }
    return false;
}

/* To `from`, or by TCP. */
struct asker {
    int fd;
    bool tcp;
    struct sockaddr_in from;
};

static void reply(const struct asker *asker, const struct message *m)
{
    struct message framed = { .length = 0 };

    if (!asker->tcp) {
        sendto(asker->fd, m->bytes, m->length, 0,
               (const struct sockaddr *)&asker->from, sizeof asker->from);
        return;
    }
    put16(&framed, (unsigned)m->length);
    put(&framed, m->bytes, m->length);
    send(asker->fd, framed.bytes, framed.length, MSG_NOSIGNAL);
}

/* A forgery ahead of the right answer. */
static void forge(const struct asker *asker, const struct message *right,
                  bool id)
{
    struct message m = *right;

    put_record(&m, "", TYPE_A, 1);
    m.bytes[m.length - 1] = 66;
    m.bytes[id ? 0 : 13] ^= 1;
    reply(asker, &m);
}

static void make_noise(struct name_server *server, struct message *m)
{
    for (int i = 0; i < 3; i++) {
        server->noise = server->noise * 1103515245 + 12345;
        size_t at = 2 + (server->noise >> 8) % (m->length - 2);
        m->bytes[at] ^= (uint8_t)(server->noise >> 20);
    }
}

static void answer(struct name_server *server, const struct asker *asker,
                   const uint8_t *query, size_t length)
{
    static _Thread_local struct message m;
    char label[64];
    unsigned type;

    server->asked++;
    if (!put_question(&m, query, length, label, &type))
        return;
#define IS(text) (strcasecmp(label, text) == 0)
    if (set_code(&m, label)) {
        reply(asker, &m);
        return;
    }
    if (IS("silent"))
        return;
    if (IS("late") && !server->was_late) {
        server->was_late = true;
        return;
    }
    if (IS("truncated") || IS("hangup") || IS("huge")) {
        if (!asker->tcp)
            set16(&m, 2, 0x8380);
        else if (IS("hangup"))
            return;
    }
    if (IS("wrongid") || IS("wrongname"))
        forge(asker, &m, IS("wrongid"));
    if (IS("garbled")) {
        set16(&m, 6, 7);
        put(&m, "\377\377\377\377", 4);
    } else if (IS("loop")) {
        put_alias(&m, "", "", NAME_SERVER_TTL);
    } else if (IS("dangling")) {
        put_alias(&m, "", "nowhere.example", NAME_SERVER_TTL);
    } else if (IS("chain")) {
        put_chain(&m, type);
    } else if (IS("huge") && asker->tcp) {
        put_huge(&m);
    } else if (!(get16(m.bytes + 2) & 0x200)) { /* not truncated */
        if (IS("stranger"))
            put_record(&m, "stranger.example", type, 5);
        put_record(&m, "", type,
                   IS("longttl") ? 0x80000001 : NAME_SERVER_TTL);
    }
    if (IS("cut"))
        m.length -= 3;
    if (IS("noise"))
        make_noise(server, &m);
    reply(asker, &m);
#undef IS
}

static void on_datagram(struct name_server *server)
{
    struct asker asker = { .fd = server->udp };
    socklen_t size = sizeof asker.from;
    uint8_t query[4096];
    ssize_t length = recvfrom(server->udp, query, sizeof query, 0,
                              (struct sockaddr *)&asker.from, &size);

    if (length > 0)
        answer(server, &asker, query, (size_t)length);
}

static void on_connection(struct name_server *server)
{
    struct asker asker = { .tcp = true };
    uint8_t query[2 + 4096];
    size_t length = 0;

    asker.fd = accept(server->tcp, NULL, NULL);
    while (length < 2 || length < 2 + get16(query)) {
        ssize_t more =
            recv(asker.fd, query + length, sizeof query - length, 0);
        if (more <= 0)
            break;
        length += (size_t)more;
    }
    if (length > 2)
        answer(server, &asker, query + 2, length - 2);
    close(asker.fd);
}

/* False: no port was free for both. */
static inline bool name_server_open(struct name_server *server)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof at;

    memset(server, 0, sizeof *server);
    for (int tries = 0; tries < 100; tries++) {
        at.sin_port = 0;
        server->udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        server->tcp = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (bind(server->udp, (struct sockaddr *)&at, size) == 0
            && getsockname(server->udp, (struct sockaddr *)&at, &size) == 0
            && bind(server->tcp, (struct sockaddr *)&at, size) == 0
            && listen(server->tcp, 128) == 0
            && pipe2(server->quit, O_CLOEXEC) == 0) {
            server->port = ntohs(at.sin_port);
            return true;
        }
        close(server->udp);
        close(server->tcp);
    }
    return false;
}

/* Until the other end of the pipe closes. */
static inline void name_server_run(struct name_server *server)
{
    struct pollfd fds[] = { { .fd = server->udp, .events = POLLIN },
                            { .fd = server->tcp, .events = POLLIN },
                            { .fd = server->quit[0], .events = POLLIN } };

    while (poll(fds, 3, -1) > 0 && fds[2].revents == 0) {
        if (fds[0].revents != 0)
            on_datagram(server);
        if (fds[1].revents != 0)
            on_connection(server);
    }
}

/* After name_server_run() has returned. */
static inline void name_server_close(struct name_server *server)
{
    close(server->udp);
    close(server->tcp);
    close(server->quit[0]);
}

#endif
