// SPDX-License-Identifier: MIT
#include "net/http_conn.h"
#include "net/tcp_conn.h"
#include "sched/check.h"
#include "src/bindings.h"
#include "src/commons.h"
#include "src/owner.h"
#include "src/packet.h"

#include <errno.h>
#include <stdlib.h>

/*
 * native.shard: what src/lib/shard.js is made of.
 *
 * All that goes to one shard in a turn goes in one packet, or a few: post()
 * adds to the one that is open for that shard, `publish`, in the turn's flush,
 * gives the open ones to the mailbox.  What arrived waits in `arrived` until
 * `receive`, in the turn's batch, calls internal.receive(), which asks for
 * packet after packet by take().
 *
 * Messages and calls are counted, so that a sender knows how many wait for a
 * receiver: it counts what it sends (lane.sent), and JavaScript at the receiver
 * what was delivered, in a row of struct programs' `delivered`.
 */
enum kind { /* src/lib/shard.js has the same list */
    KIND_MESSAGE,
    KIND_CALL,
    KIND_MARK, /* tell me when all before it is delivered */
    KIND_APPLY,
    KIND_REPLY,
    KIND_FAILURE,
    KIND_ROOM,
    KIND_SETTLED,
    KIND_STATS
};

enum {
    ROOM = 1024,    /* so many may wait before send() returns false */
    NEWS = ROOM / 2 /* from so many on, news of them are asked for: "drain" comes
                       while the receiver still has something to do */
};

/* To one receiver. */
struct lane {
    struct packet *open; /* not given to the mailbox yet; NULL: none */
    uint32_t sent;       /* counted records; wraps */
    uint32_t delivered;  /* of them, as last seen */
    bool listed;         /* in `open` of struct bind_shard */
    bool behind;         /* the receiver was not done with earlier turns' */
    bool asked;          /* a mark is on its way, or its answer */
    bool full;           /* "drain" is owed */
};

struct bind_shard {
    struct program *program;
    struct lane *lanes; /* by receiver */
    unsigned *open;     /* whose lanes have an open packet */
    unsigned open_count;
    struct task publish; /* in shard->flush while there are any */
    struct list arrived; /* packets, by their tasks' links */
    struct task receive; /* in shard->batch while there is something */
    struct js_ref *receiver;
    unsigned receiving; /* calls of it, one within the other */
    bool unfinished;    /* it has something left */
    uint64_t sent; /* records */
    uint64_t received;
};

static struct packet *packet_of(struct list_node *node)
{
    struct task *task = CONTAINER_OF(node, struct task, link);
    struct message *message = CONTAINER_OF(task, struct message, task);

    return CONTAINER_OF(message, struct packet, message);
}

/* ---- Sending ------------------------------------------------------------ */

static void deliver_packet(struct task *task, struct shard *here)
{
    struct bind_shard *b = ((struct program *)here->program)->messages;

    here->awaited -= packet_of(&task->link)->answers;
    list_push(&b->arrived, &task->link);
    ready_push(&here->batch, &b->receive);
}

static void discard_packet(struct message *message)
{
    packet_free(CONTAINER_OF(message, struct packet, message));
}

/* Nothing more is added to it. */
static void seal(struct bind_shard *b, unsigned to)
{
    struct packet *packet = b->lanes[to].open;

    packet->message.task.run = deliver_packet;
    packet->message.discard = discard_packet;
    b->lanes[to].open = NULL;
    mailbox_post(b->program->shard->mail, to, &packet->message);
}

static void on_publish(struct task *task, struct shard *here)
{
    struct bind_shard *b = CONTAINER_OF(task, struct bind_shard, publish);

    (void)here;
    while (b->open_count > 0) {
        unsigned to = b->open[--b->open_count];
        b->lanes[to].listed = false;
        if (b->lanes[to].open != NULL)
            seal(b, to);
    }
}

/* How many of each sender's counted records a receiver has delivered. */
static uint32_t *delivered_row(struct program *p, unsigned receiver)
{
    return p->programs->delivered + receiver * p->programs->delivered_stride;
}

/* Counted records that wait for `to`: looked up only when it may matter, since
 * the receiver's count is in another core's cache.  Relaxed: it is a count, and
 * nothing is read by it.  JavaScript stores it. */
static uint32_t waiting(struct bind_shard *b, unsigned to, uint32_t limit)
{
    struct lane *lane = &b->lanes[to];

    if (lane->sent - lane->delivered > limit) {
        uint32_t *row = delivered_row(b->program, to);
        lane->delivered = __atomic_load_n(&row[b->program->shard->id],
                                          __ATOMIC_RELAXED);
    }
    return lane->sent - lane->delivered;
}

/* A record was added to the open packet of `to`.  All of a turn leaves together,
 * and wakes the receiver once; but one that is behind gets what is full at once,
 * so that both work at the same time. */
static void added(struct bind_shard *b, unsigned to)
{
    struct lane *lane = &b->lanes[to];

    b->sent++;
    if (!lane->listed) {
        lane->listed = true;
        lane->behind = waiting(b, to, 0) > 0;
        b->open[b->open_count++] = to;
    }
    ready_push(&b->program->shard->flush, &b->publish);
    if (packet_is_full(lane->open)) {
        seal(b, to);
        if (lane->behind && to != b->program->shard->id)
            mailbox_hurry(b->program->shard->mail, to);
    }
}

static bool is_answer(int kind)
{
    return kind == KIND_REPLY || kind == KIND_FAILURE;
}

static bool add(struct bind_shard *b, unsigned to,
                const struct packet_record *record)
{
    struct shard *here = b->program->shard;
    struct packet **open = &b->lanes[to].open;

    CHECK(to < here->count);
    if (!packet_add(open, here->id, b->program->js, record))
        return false;
    (*open)->answers += is_answer(record->kind);
    added(b, to);
    return true;
}

static void ask(struct bind_shard *b, unsigned to)
{
    struct packet_record mark = { .kind = KIND_MARK };

    b->lanes[to].asked = true;
    add(b, to, &mark);
}

static bool is_counted(int kind)
{
    return kind == KIND_MESSAGE || kind == KIND_CALL || kind == KIND_APPLY;
}

static bool is_question(int kind)
{
    return kind == KIND_CALL || kind == KIND_APPLY || kind == KIND_STATS;
}

/* One more is on its way; returns whether more may follow. */
static bool count(struct bind_shard *b, unsigned to)
{
    struct lane *lane = &b->lanes[to];

    lane->sent++;
    uint32_t wait = waiting(b, to, lane->asked ? ROOM : NEWS);
    if (wait > NEWS && !lane->asked)
        ask(b, to);
    lane->full |= wait > ROOM;
    return wait <= ROOM;
}

/* post(to, kind, number, moved, values...): false when more wait for `to` than
 * should.  `moved` is as for js_clone_new(). */
static js_value bind_post(struct js *js, const struct js_args *args)
{
    enum {
        FIRST = 4,
        MOST = 4
    };
    struct bind_shard *b = program_of(js)->messages;
    unsigned to = (unsigned)js_to_integer(js_arg(args, 0));
    int kind = js_to_integer(js_arg(args, 1));
    js_value values[MOST];
    struct packet_record record = {
        .kind = (uint16_t)kind,
        .number = (uint32_t)js_to_integer(js_arg(args, 2)),
        .moved = js_arg(args, 3),
        .count = js_argc(args) - FIRST,
        .values = values,
    };

    CHECK(record.count <= MOST);
    for (int i = 0; i < record.count; i++)
        values[i] = js_arg(args, FIRST + i);
    if (!add(b, to, &record))
        return JS_NONE;
    b->program->shard->awaited += is_question(kind);
    return js_boolean(js, !is_counted(kind) || count(b, to));
}

/* broadcast(value): a message to all other shards, written down once; false
 * when more wait for one of them than should. */
static js_value bind_broadcast(struct js *js, const struct js_args *args)
{
    struct bind_shard *b = program_of(js)->messages;
    struct shard *here = b->program->shard;
    js_value value = js_arg(args, 0);
    struct packet_record record = { KIND_MESSAGE, 0, 1, &value, JS_NONE };
    struct packet *packet = NULL;
    bool room = true;

    if (!packet_add(&packet, here->id, js, &record))
        return JS_NONE;
    for (unsigned to = 0; to < here->count; to++) {
        if (to == here->id)
            continue;
        packet_copy(&b->lanes[to].open, packet);
        added(b, to);
        room &= count(b, to);
    }
    packet_free(packet);
    return js_boolean(js, room);
}

/* answered(to): the mark was.  Returns whether "drain" is owed and due. */
static js_value bind_answered(struct js *js, const struct js_args *args)
{
    struct bind_shard *b = program_of(js)->messages;
    unsigned to = (unsigned)js_to_integer(js_arg(args, 0));
    struct lane *lane = &b->lanes[to];
    uint32_t wait = waiting(b, to, 0);
    bool drained = lane->full && wait <= ROOM;

    lane->asked = false;
    if (wait > NEWS)
        ask(b, to);
    lane->full &= !drained;
    return js_boolean(js, drained);
}

/* ---- Receiving ---------------------------------------------------------- */

static struct packet *next_packet(struct bind_shard *b)
{
    struct packet *packet = packet_of(list_pop(&b->arrived));

    b->received += packet->records;
    return packet;
}

/* A small packet that came alone, as most answers do, goes as the arguments of
 * internal.receive(): an array of V8's API costs more than all else of it.
 * Where receive() still has another in hand it has to ask. */
static int take_small(struct bind_shard *b, js_value *values, int most)
{
    struct list_node *first = list_first(&b->arrived);

    if (b->receiving > 0 || b->unfinished || first == NULL ||
        list_next(&b->arrived, first) != NULL)
        return 0;
    int count = packet_small_values(packet_of(first), b->program->js, values,
                                    most);
    if (count > 0)
        packet_free(next_packet(b));
    return count;
}

/* While it runs the task stays in the queue: a listener may wait, and the
 * nested turns have to see what is left. */
static void on_receive(struct task *task, struct shard *here)
{
    enum { MOST = 32 };
    struct bind_shard *b = CONTAINER_OF(task, struct bind_shard, receive);
    struct js *js = b->program->js;
    struct js_scope scope;
    js_value values[MOST];

    ready_push(&here->batch, task);
    js_scope_open(js, &scope);
    int count = take_small(b, values, MOST);
    b->receiving++;
    js_value more = js_enter(js, js_ref_get(js, b->receiver),
                             js_undefined(js), count, values);
    b->receiving--;
    b->unfinished = !js_is_none(more) && js_to_boolean(js, more);
    if (!b->unfinished && list_is_empty(&b->arrived))
        ready_remove(&here->batch, task);
    js_scope_close(&scope);
    program_settle(b->program);
}

/* take() returns what the next packet holds, see packet_values(); undefined:
 * there is none. */
static js_value bind_take(struct js *js, const struct js_args *args)
{
    struct bind_shard *b = program_of(js)->messages;

    (void)args;
    if (list_is_empty(&b->arrived))
        return js_undefined(js);
    struct packet *packet = next_packet(b);
    js_value values = packet_values(packet, js);
    packet_free(packet);
    return values;
}

/* tryClone(value) throws when it cannot be. */
static js_value bind_try_clone(struct js *js, const struct js_args *args)
{
    struct js_clone *clone = js_clone_new(js, js_arg(args, 0), JS_NONE);

    if (clone == NULL)
        return JS_NONE;
    js_clone_unref(clone);
    return js_undefined(js);
}

/* wake(): call internal.receive() in this turn or the next. */
static js_value bind_wake(struct js *js, const struct js_args *args)
{
    struct program *p = program_of(js);

    (void)args;
    ready_push(&p->shard->batch, &p->messages->receive);
    return js_undefined(js);
}

/* ---- What all shards have in common ------------------------------------- */

/* owner(key) */
static js_value bind_owner(struct js *js, const struct js_args *args)
{
    size_t length;
    char *key = js_copy_utf8(js, js_arg(args, 0), &length);

    if (key == NULL)
        return JS_NONE;
    unsigned owner = owner_of(key, length, program_of(js)->shard->count);
    free(key);
    return js_integer(js, (int32_t)owner);
}

static js_value no_memory(struct js *js, int err, const char *name,
                          size_t length, size_t there)
{
    if (err == -EEXIST)
        return js_throw_error(js, JS_RANGE_ERROR,
                              "shared memory '%s' has %zu bytes already, not "
                              "%zu", name, there, length);
    return js_throw_error(js, JS_RANGE_ERROR,
                          "shared memory '%s': no %zu bytes are left", name,
                          length);
}

/* shared(name, length) returns a SharedArrayBuffer. */
static js_value bind_shared(struct js *js, const struct js_args *args)
{
    size_t name_length;
    char *name = js_copy_utf8(js, js_arg(args, 0), &name_length);
    size_t length = (size_t)js_to_number(js_arg(args, 1));
    size_t there = length;
    void *memory;

    if (name == NULL)
        return JS_NONE;
    int err = commons_memory(name, name_length, &there, &memory);
    js_value buffer = err == 0 ? js_shared_window(js, memory, length)
                               : no_memory(js, err, name, length, there);
    free(name);
    return buffer;
}

/* claim(name) returns [enum once, what it was settled with]. */
static js_value bind_claim(struct js *js, const struct js_args *args)
{
    size_t length;
    char *name = js_copy_utf8(js, js_arg(args, 0), &length);
    struct js_clone *outcome;

    if (name == NULL)
        return JS_NONE;
    enum once state = commons_claim(name, length, &outcome);
    free(name);
    js_value values[] = { js_integer(js, (int32_t)state), js_undefined(js) };
    if (outcome != NULL)
        values[1] = js_clone_read(js, outcome);
    return js_is_none(values[1]) ? JS_NONE : js_array(js, values, 2);
}

/* settle(name, failed, value): throws, nothing being settled, when the value is
 * not clonable. */
static js_value bind_settle(struct js *js, const struct js_args *args)
{
    bool failed = js_to_boolean(js, js_arg(args, 1));
    struct js_clone *outcome = js_clone_new(js, js_arg(args, 2), JS_NONE);
    size_t length;

    if (outcome == NULL)
        return JS_NONE;
    char *name = js_copy_utf8(js, js_arg(args, 0), &length);
    if (name == NULL) {
        js_clone_unref(outcome);
        return JS_NONE;
    }
    commons_settle(name, length, failed, outcome);
    free(name);
    return js_undefined(js);
}

/* ---- Counters ----------------------------------------------------------- */

static double waiting_in_all(struct bind_shard *b)
{
    double sum = 0;

    for (unsigned to = 0; to < b->program->shard->count; to++)
        sum += waiting(b, to, 0);
    return sum;
}

/* stats() returns an object of numbers: see src/README.md. */
static js_value bind_stats(struct js *js, const struct js_args *args)
{
    struct program *p = program_of(js);
    struct http *http = bind_http_server(p);
    struct tcp_conns *tcp = bind_tcp_conns(p);
    size_t used, committed;

    (void)args;
    js_heap(js, &used, &committed);
    const struct {
        const char *name;
        double value;
    } rows[] = {
        { "sent", (double)p->messages->sent },
        { "received", (double)p->messages->received },
        { "waiting", waiting_in_all(p->messages) },
        { "wakes", (double)p->shard->wakes },
        { "turns", (double)p->shard->turns },
        { "busy", (double)shard_busy(p->shard) / 1e6 },
        { "connections", (double)http->conns.used + tcp->slab.used },
        { "requests", (double)http->exchanges.taken },
        { "heapUsed", (double)used },
        { "heapTotal", (double)committed },
    };
    js_value stats = js_object(js);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        js_set(js, stats, rows[i].name, js_number(js, rows[i].value));
    return stats;
}

const struct js_function shard_table[] = {
    { "post", bind_post },
    { "broadcast", bind_broadcast },
    { "answered", bind_answered },
    { "take", bind_take },
    { "tryClone", bind_try_clone },
    { "wake", bind_wake },
    { "owner", bind_owner },
    { "shared", bind_shared },
    { "claim", bind_claim },
    { "settle", bind_settle },
    { "stats", bind_stats },
    { NULL, NULL },
};

/* ---- Open and close ----------------------------------------------------- */

int bind_shard_open(struct program *p)
{
    struct bind_shard *b = xcalloc(1, sizeof *b);
    unsigned count = p->shard->count;
    struct js_scope scope;

    p->messages = b;
    b->program = p;
    b->lanes = xcalloc(count, sizeof *b->lanes);
    b->open = xcalloc(count, sizeof *b->open);
    b->publish.run = on_publish;
    b->receive.run = on_receive;
    list_init(&b->arrived);
    js_scope_open(p->js, &scope);
    js_value internal = js_internal(p->js);
    b->receiver = js_ref_new(p->js, js_get(p->js, internal, "receive"));
    js_clone_forbid(p->js, js_get(p->js, internal, "notClonable"));
    js_value row = js_int32_window(
        p->js, (int32_t *)delivered_row(p, p->shard->id), count);
    js_enter(p->js, js_get(p->js, internal, "startShard"), internal, 1, &row);
    js_scope_close(&scope);
    return 0;
}

void bind_shard_close(struct program *p)
{
    struct bind_shard *b = p->messages;
    struct list_node *node;

    ready_remove(&p->shard->flush, &b->publish);
    ready_remove(&p->shard->batch, &b->receive);
    for (unsigned to = 0; to < p->shard->count; to++)
        if (b->lanes[to].open != NULL)
            packet_free(b->lanes[to].open);
    while ((node = list_pop(&b->arrived)) != NULL)
        packet_free(packet_of(node));
    js_ref_free(b->receiver);
    free(b->open);
    free(b->lanes);
    free(b);
    p->messages = NULL;
}
