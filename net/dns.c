// SPDX-License-Identifier: MIT
#include "net/dns.h"

#include "sched/check.h"
#include "sched/shard.h"
#include "sched/timer.h"

#include <ares.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    ANSWER_TIME = 2000, /* ms a server gets */
    TRIES = 3,          /* for each server */
    SOCKET_QUERIES = 100, /* then a new port, which is harder to guess */
    CHAIN = 32,         /* most canonical names on the way to a record */
    NAME = 253,         /* bytes of a name, without the last dot */
    LABEL = 63
};

struct dns {
    struct shard *shard;
    ares_channel_t *channel; /* NULL until the first name */
    struct timer timer;      /* the next thing that c-ares waits for */
    struct list requests;    /* those that are not done */
    struct list polls;
    char *servers;
    char *hosts;
};

/* c-ares cannot forget one query, so what it knows is a ticket, from which the
 * request is taken away when it is cancelled. */
struct dns_ticket {
    struct dns_request *request;
};

/* A socket of c-ares. */
struct poll {
    uv_poll_t handle;
    struct list_node link;
    struct dns *dns;
    int fd;
    int events;
};

/* ---- The loop ------------------------------------------------------------ */

/* After whatever may have changed what c-ares waits for. */
static void set_timer(struct dns *dns)
{
    struct timeval left;

    if (ares_timeout(dns->channel, NULL, &left) == NULL) {
        timer_stop(&dns->shard->timers, &dns->timer);
        return;
    }
    uint64_t us = (uint64_t)left.tv_sec * 1000000 + (uint64_t)left.tv_usec;
    timer_start(&dns->shard->timers, &dns->timer,
                uv_hrtime() + (us + 1) * 1000);
}

static void on_timer(struct task *task, struct shard *here)
{
    struct dns *dns = CONTAINER_OF(task, struct dns, timer.task);

    (void)here;
    ares_process_fds(dns->channel, NULL, 0, ARES_PROCESS_FLAG_NONE);
    set_timer(dns);
}

static void on_poll(uv_poll_t *handle, int status, int events)
{
    struct poll *poll = CONTAINER_OF(handle, struct poll, handle);
    struct dns *dns = poll->dns;

    /* On an error libuv stops polling; reading tells c-ares of it. */
    if (status < 0) {
        events = UV_READABLE | UV_WRITABLE;
        CHECK(uv_poll_start(handle, poll->events, on_poll) == 0);
    }
    ares_fd_events_t event = { .fd = poll->fd };
    if (events & UV_READABLE)
        event.events |= ARES_FD_EVENT_READ;
    if (events & UV_WRITABLE)
        event.events |= ARES_FD_EVENT_WRITE;
    ares_process_fds(dns->channel, &event, 1, ARES_PROCESS_FLAG_NONE);
    set_timer(dns);
}

static void on_poll_closed(uv_handle_t *handle)
{
    free(CONTAINER_OF((uv_poll_t *)handle, struct poll, handle));
}

static struct poll *poll_of(struct dns *dns, int fd)
{
    struct list_node *node = list_first(&dns->polls);

    for (; node != NULL; node = list_next(&dns->polls, node)) {
        struct poll *poll = CONTAINER_OF(node, struct poll, link);
        if (poll->fd == fd)
            return poll;
    }
    return NULL;
}

static struct poll *poll_new(struct dns *dns, int fd)
{
    struct poll *poll = xcalloc(1, sizeof *poll);

    /* What the loop cannot poll is as good as a server that is silent. */
    if (uv_poll_init(&dns->shard->loop, &poll->handle, fd) != 0) {
        free(poll);
        return NULL;
    }
    poll->dns = dns;
    poll->fd = fd;
    list_push(&dns->polls, &poll->link);
    return poll;
}

/* c-ares opened a socket, waits for something else, or is about to close it. */
static void on_socket(void *arg, ares_socket_t fd, int readable, int writable)
{
    struct dns *dns = arg;
    struct poll *poll = poll_of(dns, fd);

    if (!readable && !writable) {
        if (poll == NULL)
            return;
        list_remove(&poll->link);
        uv_close((uv_handle_t *)&poll->handle, on_poll_closed);
        return;
    }
    if (poll == NULL)
        poll = poll_new(dns, fd);
    if (poll == NULL)
        return;
    poll->events = (readable ? UV_READABLE : 0) | (writable ? UV_WRITABLE : 0);
    CHECK(uv_poll_start(&poll->handle, poll->events, on_poll) == 0);
}

/* ---- The channel --------------------------------------------------------- */

static void init_library(void)
{
    CHECK(ares_library_init(ARES_LIB_INIT_ALL) == ARES_SUCCESS);
}

static int channel_error(int status)
{
    switch (status) {
    case ARES_SUCCESS:
        return 0;
    case ARES_ENOMEM:
        return -ENOMEM;
    default:
        return -EIO;
    }
}

static int open_channel(struct dns *dns, ares_channel_t **channel)
{
    struct ares_options options = {
        .timeout = ANSWER_TIME,
        .maxtimeout = ANSWER_TIME,
        .tries = TRIES,
        .udp_max_queries = SOCKET_QUERIES,
        .qcache_max_ttl = 0,
        .lookups = (char[]){ "fb" },
        .hosts_path = dns->hosts,
        .sock_state_cb = on_socket,
        .sock_state_cb_data = dns,
    };
    int mask = ARES_OPT_TIMEOUTMS | ARES_OPT_MAXTIMEOUTMS | ARES_OPT_TRIES
               | ARES_OPT_UDP_MAX_QUERIES | ARES_OPT_QUERY_CACHE
               | ARES_OPT_LOOKUPS | ARES_OPT_SOCK_STATE_CB;

    if (dns->hosts != NULL)
        mask |= ARES_OPT_HOSTS_FILE;
    return channel_error(ares_init_options(channel, &options, mask));
}

static bool is_port(const char *text)
{
    size_t length = strlen(text);

    return length >= 1 && length <= 5 && strspn(text, "0123456789") == length
           && atoi(text) >= 1 && atoi(text) <= 65535;
}

/* One of the list: "ip", "ip:port" or "[ip]:port".  c-ares takes more than
 * that, and passes over what it does not like. */
static int check_server(const char *text, size_t length)
{
    char copy[ADDR_TEXT + sizeof "[]:65535"];
    struct addr addr;

    if (length >= sizeof copy)
        return -EINVAL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (addr_parse(&addr, copy, 0) == 0)
        return 0;
    bool brackets = copy[0] == '[';
    char *host = copy + brackets;
    char *end = strchr(host, brackets ? ']' : ':');
    if (end == NULL)
        return -EINVAL;
    const char *rest = end + brackets;
    if (*rest == ':' ? !is_port(rest + 1) : *rest != '\0')
        return -EINVAL;
    *end = '\0';
    return addr_parse(&addr, host, 0);
}

static int set_servers(struct dns *dns, ares_channel_t *channel)
{
    const char *server = dns->servers;

    for (;;) {
        size_t length = strcspn(server, ",");
        if (check_server(server, length) != 0)
            return -EINVAL;
        if (server[length] == '\0')
            break;
        server += length + 1;
    }
    int status = ares_set_servers_ports_csv(channel, dns->servers);
    return status == ARES_EBADSTR ? -EINVAL : channel_error(status);
}

/* Files are read here, at the first name. */
static int need_channel(struct dns *dns)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    ares_channel_t *channel;

    if (dns->channel != NULL)
        return 0;
    pthread_once(&once, init_library);
    int err = open_channel(dns, &channel);
    if (err != 0)
        return err;
    if (dns->servers != NULL)
        err = set_servers(dns, channel);
    if (err != 0) {
        ares_destroy(channel);
        return err;
    }
    dns->channel = channel;
    return 0;
}

struct dns *dns_open(struct shard *shard, const char *servers,
                     const char *hosts)
{
    struct dns *dns = xcalloc(1, sizeof *dns);

    dns->shard = shard;
    dns->timer.task.run = on_timer;
    list_init(&dns->requests);
    list_init(&dns->polls);
    if (servers != NULL && *servers != '\0') {
        dns->servers = strdup(servers);
        CHECK(dns->servers != NULL);
    }
    if (hosts != NULL) {
        dns->hosts = strdup(hosts);
        CHECK(dns->hosts != NULL);
    }
    return dns;
}

/* ---- Requests ------------------------------------------------------------ */

static void request_init(struct dns *dns, struct dns_request *request,
                         void (*run)(struct task *task, struct shard *here))
{
    *request = (struct dns_request){ .task.run = run, .dns = dns };
    list_push(&dns->requests, &request->link);
    shard_hold(dns->shard);
}

/* Give the request to c-ares. */
static struct dns_ticket *request_ticket(struct dns_request *request)
{
    struct dns_ticket *ticket = xcalloc(1, sizeof *ticket);

    ticket->request = request;
    request->ticket = ticket;
    return ticket;
}

/* c-ares is done with it.  NULL: it was cancelled. */
static struct dns_request *request_back(struct dns_ticket *ticket)
{
    struct dns_request *request = ticket->request;

    free(ticket);
    if (request != NULL)
        request->ticket = NULL;
    return request;
}

static void request_done(struct dns_request *request)
{
    ready_push(&request->dns->shard->ready, &request->task);
}

/* It is the caller's again. */
static void request_fini(struct dns_request *request)
{
    struct dns *dns = request->dns;

    if (request->ticket != NULL)
        request->ticket->request = NULL;
    ready_remove(&dns->shard->ready, &request->task);
    list_remove(&request->link);
    shard_release(dns->shard);
    request->ticket = NULL;
    request->dns = NULL;
}

/* c-ares has its callbacks come from ares_destroy(), for tickets without a
 * request. */
void dns_close(struct dns *dns)
{
    struct list_node *node;

    while ((node = list_first(&dns->requests)) != NULL)
        request_fini(CONTAINER_OF(node, struct dns_request, link));
    if (dns->channel != NULL)
        ares_destroy(dns->channel);
    CHECK(list_is_empty(&dns->polls));
    timer_stop(&dns->shard->timers, &dns->timer);
    ready_remove(&dns->shard->ready, &dns->timer.task);
    free(dns->servers);
    free(dns->hosts);
    free(dns);
}

static bool name_is_valid(const char *name, size_t length)
{
    size_t label = 0;

    if (length > 0 && name[length - 1] == '.')
        length--;
    if (length == 0 || length > NAME)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (name[i] == '.') {
            if (label == 0)
                return false;
            label = 0;
            continue;
        }
        if (name[i] <= ' ' || name[i] > '~' || name[i] == '\\')
            return false;
        if (++label > LABEL)
            return false;
    }
    return label > 0;
}

static enum dns_code code_of(int status)
{
    switch (status) {
    case ARES_SUCCESS:
        return DNS_OK;
    case ARES_ENOTFOUND:
        return DNS_NXDOMAIN;
    case ARES_ENODATA:
        return DNS_NODATA;
    case ARES_EBADRESP:
        return DNS_PROTOCOL;
    case ARES_ENOMEM:
        return DNS_NOMEM;
    case ARES_EFORMERR:
    case ARES_EBADNAME:
    case ARES_EBADQUERY:
        return DNS_BADQUERY;
    default: /* ESERVFAIL, EREFUSED, ENOTIMP, ETIMEOUT, ECONNREFUSED ... */
        return DNS_TEMPFAIL;
    }
}

/* ---- Queries ------------------------------------------------------------- */

static const ares_dns_rec_type_t record_types[] = {
    [DNS_IPV4] = ARES_REC_TYPE_A,
    [DNS_IPV6] = ARES_REC_TYPE_AAAA,
    [DNS_NAMES] = ARES_REC_TYPE_PTR,
};

/* What an answer says about one name. */
struct reading {
    const ares_dns_record_t *record;
    ares_dns_rec_type_t type;
    const char *name;
    uint32_t ttl;
};

/* The next record from *i on that `reading` is about; NULL: no more. */
static const ares_dns_rr_t *next_record(const struct reading *reading,
                                        ares_dns_rec_type_t type, size_t *i)
{
    size_t count = ares_dns_record_rr_cnt(reading->record, ARES_SECTION_ANSWER);

    while (*i < count) {
        const ares_dns_rr_t *rr = ares_dns_record_rr_get_const(
            reading->record, ARES_SECTION_ANSWER, (*i)++);
        if (ares_dns_rr_get_type(rr) == type
            && ares_dns_rr_get_class(rr) == ARES_CLASS_IN
            && strcasecmp(ares_dns_rr_get_name(rr), reading->name) == 0)
            return rr;
    }
    return NULL;
}

/* RFC 2181, 8: 31 bits, and zero when there are more. */
static void note_ttl(struct reading *reading, const ares_dns_rr_t *rr)
{
    uint32_t ttl = ares_dns_rr_get_ttl(rr);

    if (ttl > INT32_MAX)
        ttl = 0;
    if (ttl < reading->ttl)
        reading->ttl = ttl;
}

/* From the name that was asked for to the one that has the records, in
 * whichever order the answer has them. */
static int follow_names(struct reading *reading)
{
    for (int hops = 0; hops < CHAIN; hops++) {
        size_t i = 0;
        const ares_dns_rr_t *rr =
            next_record(reading, ARES_REC_TYPE_CNAME, &i);
        if (rr == NULL)
            return ARES_SUCCESS;
        note_ttl(reading, rr);
        reading->name = ares_dns_rr_get_str(rr, ARES_RR_CNAME_CNAME);
    }
    return ARES_EBADRESP;
}

static const char *value_of(const ares_dns_rr_t *rr, char buffer[ADDR_TEXT])
{
    const void *address;

    switch (ares_dns_rr_get_type(rr)) {
    case ARES_REC_TYPE_A:
        address = ares_dns_rr_get_addr(rr, ARES_RR_A_ADDR);
        return ares_inet_ntop(AF_INET, address, buffer, ADDR_TEXT);
    case ARES_REC_TYPE_AAAA:
        address = ares_dns_rr_get_addr6(rr, ARES_RR_AAAA_ADDR);
        return ares_inet_ntop(AF_INET6, address, buffer, ADDR_TEXT);
    default:
        return ares_dns_rr_get_str(rr, ARES_RR_PTR_DNAME);
    }
}

struct text {
    char *bytes;
    size_t length;
    size_t capacity;
};

static void text_add(struct text *text, const char *string)
{
    size_t size = strlen(string) + 1;

    if (text->length + size > text->capacity) {
        text->capacity = 2 * text->capacity + size + 64;
        text->bytes = xrealloc(text->bytes, text->capacity);
    }
    memcpy(text->bytes + text->length, string, size);
    text->length += size;
}

static int read_answer(struct dns_query *query,
                       const ares_dns_record_t *record)
{
    struct reading reading = { .record = record,
                               .type = record_types[query->type],
                               .ttl = UINT32_MAX };
    struct text text = { 0 };
    char buffer[ADDR_TEXT];
    const ares_dns_rr_t *rr;
    size_t i = 0;

    if (ares_dns_record_query_get(record, 0, &reading.name, NULL, NULL)
            != ARES_SUCCESS
        || follow_names(&reading) != ARES_SUCCESS)
        return ARES_EBADRESP;
    text_add(&text, reading.name);
    while ((rr = next_record(&reading, reading.type, &i)) != NULL) {
        note_ttl(&reading, rr);
        text_add(&text, value_of(rr, buffer));
        query->count++;
    }
    query->text = text.bytes;
    query->ttl = reading.ttl;
    return query->count == 0 ? ARES_ENODATA : ARES_SUCCESS;
}

static void query_done(struct dns_query *query, int status)
{
    query->code = code_of(status);
    query->why = ares_strerror(status);
    request_done(&query->request);
}

static void on_answer(void *arg, ares_status_t status, size_t timeouts,
                      const ares_dns_record_t *record)
{
    struct dns_request *request = request_back(arg);

    (void)timeouts;
    if (request == NULL)
        return;
    struct dns_query *query = CONTAINER_OF(request, struct dns_query, request);
    query_done(query, status == ARES_SUCCESS ? read_answer(query, record)
                                             : (int)status);
}

static void run_query(struct task *task, struct shard *here)
{
    struct dns_query *query =
        CONTAINER_OF(task, struct dns_query, request.task);

    (void)here;
    request_fini(&query->request);
    query->done(query);
}

int dns_resolve(struct dns *dns, struct dns_query *query, enum dns_type type,
                const char *name, size_t length)
{
    char copy[NAME + 2];
    int err = need_channel(dns);

    if (err != 0)
        return err;
    query->type = type;
    query->count = 0;
    query->text = NULL;
    request_init(dns, &query->request, run_query);
    if (!name_is_valid(name, length)) {
        query_done(query, ARES_EBADNAME);
        return 0;
    }
    memcpy(copy, name, length);
    copy[length] = '\0';
    ares_query_dnsrec(dns->channel, copy, ARES_CLASS_IN, record_types[type],
                      on_answer, request_ticket(&query->request), NULL);
    set_timer(dns);
    return 0;
}

int dns_reverse(struct dns *dns, struct dns_query *query,
                const struct addr *addr)
{
    char name[sizeof "0." * 32 + sizeof "ip6.arpa"];
    size_t length = 0;

    if (addr->any.sa_family == AF_INET) {
        const uint8_t *b = (const uint8_t *)&addr->in.sin_addr;
        length = (size_t)snprintf(name, sizeof name, "%u.%u.%u.%u.in-addr.arpa",
                                  b[3], b[2], b[1], b[0]);
    } else {
        const uint8_t *b = addr->in6.sin6_addr.s6_addr;
        for (int i = 15; i >= 0; i--)
            length += (size_t)snprintf(name + length, sizeof name - length,
                                       "%x.%x.", b[i] & 15, b[i] >> 4);
        length += (size_t)snprintf(name + length, sizeof name - length,
                                   "ip6.arpa");
    }
    return dns_resolve(dns, query, DNS_NAMES, name, length);
}

void dns_query_fini(struct dns_query *query)
{
    free(query->text);
    query->text = NULL;
}

/* ---- Lookups ------------------------------------------------------------- */

static int lookup_error(int status)
{
    switch (code_of(status)) {
    case DNS_OK:
        return 0;
    case DNS_NXDOMAIN:
    case DNS_NODATA:
        return -ENOENT;
    case DNS_BADQUERY:
        return -EINVAL;
    case DNS_NOMEM:
        return -ENOMEM;
    default:
        return -EAGAIN;
    }
}

static void lookup_done(struct dns_lookup *lookup, int error, const char *why)
{
    lookup->error = error;
    lookup->why = why;
    request_done(&lookup->request);
}

static void add_addresses(struct dns_lookup *lookup,
                          const struct ares_addrinfo *info, int family)
{
    const struct ares_addrinfo_node *node = info->nodes;

    for (; node != NULL; node = node->ai_next) {
        if (node->ai_family != family)
            continue;
        struct addr *addr = &lookup->addrs[lookup->count++];
        memcpy(addr, node->ai_addr, node->ai_addrlen);
        addr_set_port(addr, lookup->port);
    }
}

static int take_addresses(struct dns_lookup *lookup,
                          const struct ares_addrinfo *info)
{
    const struct ares_addrinfo_node *node = info->nodes;
    size_t most = 0;

    for (; node != NULL; node = node->ai_next)
        most++;
    lookup->addrs = xcalloc(most, sizeof *lookup->addrs);
    add_addresses(lookup, info, AF_INET);
    add_addresses(lookup, info, AF_INET6);
    return lookup->count > 0 ? ARES_SUCCESS : ARES_ENODATA;
}

static void on_addresses(void *arg, int status, int timeouts,
                         struct ares_addrinfo *info)
{
    struct dns_request *request = request_back(arg);

    (void)timeouts;
    if (request != NULL) {
        struct dns_lookup *lookup =
            CONTAINER_OF(request, struct dns_lookup, request);
        if (status == ARES_SUCCESS)
            status = take_addresses(lookup, info);
        lookup_done(lookup, lookup_error(status), ares_strerror(status));
    }
    if (info != NULL)
        ares_freeaddrinfo(info);
}

static void run_lookup(struct task *task, struct shard *here)
{
    struct dns_lookup *lookup =
        CONTAINER_OF(task, struct dns_lookup, request.task);

    (void)here;
    request_fini(&lookup->request);
    lookup->done(lookup);
}

void dns_lookup(struct dns *dns, struct dns_lookup *lookup)
{
    /* Sorting would open a socket for each address. */
    static const struct ares_addrinfo_hints hints = {
        .ai_family = AF_UNSPEC,
        .ai_socktype = SOCK_STREAM,
        .ai_flags = ARES_AI_NOSORT,
    };

    struct addr literal;

    request_init(dns, &lookup->request, run_lookup);
    lookup->count = 0;
    lookup->addrs = NULL;
    if (addr_parse(&literal, lookup->name, lookup->port) == 0) {
        lookup->addrs = xcalloc(1, sizeof literal);
        lookup->addrs[lookup->count++] = literal;
        lookup_done(lookup, 0, NULL);
        return;
    }
    if (!name_is_valid(lookup->name, strlen(lookup->name))) {
        lookup_done(lookup, -EINVAL, ares_strerror(ARES_EBADNAME));
        return;
    }
    int err = need_channel(dns);
    if (err != 0) {
        lookup_done(lookup, err, err == -EINVAL
                                     ? "bad list of name servers"
                                     : "the name resolver cannot be opened");
        return;
    }
    ares_getaddrinfo(dns->channel, lookup->name, NULL, &hints, on_addresses,
                     request_ticket(&lookup->request));
    set_timer(dns);
}

void dns_lookup_fini(struct dns_lookup *lookup)
{
    free(lookup->addrs);
    lookup->addrs = NULL;
    lookup->count = 0;
}

/* When nobody waits for anything any more, c-ares need not either. */
void dns_lookup_cancel(struct dns_lookup *lookup)
{
    struct dns *dns = lookup->request.dns;

    if (dns == NULL)
        return;
    request_fini(&lookup->request);
    dns_lookup_fini(lookup);
    if (dns->channel != NULL && list_is_empty(&dns->requests)) {
        ares_cancel(dns->channel);
        set_timer(dns);
    }
}
