// SPDX-License-Identifier: MIT
#include "net/addr.h"
#include "net/dns.h"
#include "sched/check.h"
#include "src/bindings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * native.dns: queries.  Each keeps its promise, and is kept by c-ares and the
 * list here; when it is done, one of
 *
 *     internal.dnsSuccess(promise, values, ttl, cname)
 *     internal.dnsError(promise, code, message)
 *
 * is called.
 */
struct query {
    struct dns_query query;
    struct list_node link;
    struct program *program;
    struct js_ref *promise;
    char *name; /* as the program gave it */
    size_t length;
};

/* Name servers to ask instead of those of resolv.conf. */
static const char SERVERS[] = "NODE_DNS_SERVERS";

struct bind_dns {
    struct list queries;
};

static void query_free(struct query *q)
{
    list_remove(&q->link);
    js_ref_free(q->promise);
    dns_query_fini(&q->query);
    free(q->name);
    free(q);
}

static js_value string(struct js *js, const char *text)
{
    return js_string(js, text, strlen(text));
}

/* `text` is `count` strings, one behind the other. */
static js_value strings(struct js *js, const char *text, size_t count)
{
    js_value *values = xcalloc(count, sizeof *values);

    for (size_t i = 0; i < count; i++) {
        values[i] = string(js, text);
        text += strlen(text) + 1;
    }
    js_value array = js_array(js, values, count);
    free(values);
    return array;
}

static void succeed(struct program *p, struct query *q)
{
    const struct dns_query *answer = &q->query;
    const char *values = answer->text + strlen(answer->text) + 1;
    js_value argv[] = {
        js_ref_get(p->js, q->promise),
        strings(p->js, values, answer->count),
        js_number(p->js, answer->ttl),
        string(p->js, answer->text),
    };
    query_free(q);
    program_call(p, "dnsSuccess", 4, argv);
}

static void fail(struct program *p, struct query *q)
{
    size_t rest = strlen(": ") + strlen(q->query.why);
    char *message = xmalloc(q->length + rest + 1);

    memcpy(message, q->name, q->length);
    sprintf(message + q->length, ": %s", q->query.why);
    js_value argv[] = {
        js_ref_get(p->js, q->promise),
        js_integer(p->js, q->query.code),
        js_string(p->js, message, q->length + rest),
    };
    free(message);
    query_free(q);
    program_call(p, "dnsError", 3, argv);
}

static void on_done(struct dns_query *query)
{
    struct query *q = CONTAINER_OF(query, struct query, query);
    struct js_scope scope;
    struct program *p = q->program;

    js_scope_open(p->js, &scope);
    if (query->code == DNS_OK)
        succeed(p, q);
    else
        fail(p, q);
    js_scope_close(&scope);
}

static struct query *query_new(struct program *p, char *name,
                               size_t length, js_value promise)
{
    struct query *q = xcalloc(1, sizeof *q);

    q->query.done = on_done;
    q->program = p;
    q->promise = js_ref_new(p->js, promise);
    q->name = name;
    q->length = length;
    list_push(&p->resolver->queries, &q->link);
    return q;
}

/* The result of a native: nothing began when `err` is not 0. */
static js_value begun(struct js *js, struct query *q, int err)
{
    if (err == 0)
        return js_boolean(js, true);
    query_free(q);
    if (err == -EINVAL)
        return js_throw_error(js, JS_ERROR,
                              "NODE_DNS_SERVERS is not a list of ip, ip:port "
                              "or [ip]:port separated by commas: %s",
                              getenv(SERVERS));
    return js_throw_errno(js, err, "cannot open the name resolver");
}

/* resolve(family, name, promise): family is 4 or 6. */
static js_value bind_resolve(struct js *js, const struct js_args *args)
{
    struct program *p = program_of(js);
    bool six = js_to_integer(js_arg(args, 0)) == 6;
    size_t length;
    char *name = js_copy_utf8(js, js_arg(args, 1), &length);

    if (name == NULL)
        return JS_NONE;
    struct query *q = query_new(p, name, length, js_arg(args, 2));
    return begun(js, q,
                 dns_resolve(p->dns, &q->query, six ? DNS_IPV6 : DNS_IPV4,
                             name, length));
}

/* reverse(ip, promise): false when it is no address. */
static js_value bind_reverse(struct js *js, const struct js_args *args)
{
    struct program *p = program_of(js);
    struct addr addr;
    size_t length;
    char *ip = js_copy_utf8(js, js_arg(args, 0), &length);

    if (ip == NULL)
        return JS_NONE;
    if (strlen(ip) != length || addr_parse(&addr, ip, 0) != 0) {
        free(ip);
        return js_boolean(js, false);
    }
    struct query *q = query_new(p, ip, length, js_arg(args, 1));
    return begun(js, q, dns_reverse(p->dns, &q->query, &addr));
}

int bind_dns_open(struct program *p)
{
    p->dns = dns_open(p->shard, getenv(SERVERS), NULL);
    p->resolver = xcalloc(1, sizeof *p->resolver);
    list_init(&p->resolver->queries);
    return 0;
}

void bind_dns_close(struct program *p)
{
    struct list_node *node;

    dns_close(p->dns);
    while ((node = list_first(&p->resolver->queries)) != NULL)
        query_free(CONTAINER_OF(node, struct query, link));
    free(p->resolver);
    p->resolver = NULL;
    p->dns = NULL;
}

const struct js_function dns_table[] = {
    { "resolve", bind_resolve },
    { "reverse", bind_reverse },
    { NULL, NULL },
};
