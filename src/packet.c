// SPDX-License-Identifier: MIT
#include "src/packet.h"

#include "sched/check.h"

#include <stdlib.h>
#include <string.h>

enum tag {
    TAG_UNDEFINED,
    TAG_NULL,
    TAG_FALSE,
    TAG_TRUE,
    TAG_INTEGER, /* n is it */
    TAG_NUMBER,  /* a double */
    TAG_LATIN1,  /* n characters */
    TAG_BYTES,   /* n bytes: a clone that is small */
    TAG_CLONE,   /* a struct js_clone * */
    TAG_ERRORS,  /* two: a value that holds Errors, and what they own */
};

enum {
    FIRST = 512 - sizeof(struct packet), /* bytes; most packets are small */
    FEW = 8, /* values that need no memory of their own to be cloned */
    SMALL = 1024, /* bytes of a clone; copied, they need no memory that one
                     thread takes and another gives back */
};

struct record {
    uint16_t kind;
    uint16_t count;
    uint32_t number;
};

struct value {
    uint32_t tag;
    uint32_t n;
};

static size_t padded(size_t length)
{
    return (length + 7) / 8 * 8;
}

static size_t payload(const struct value *value)
{
    switch ((enum tag)value->tag) {
    case TAG_NUMBER:
        return sizeof(double);
    case TAG_LATIN1:
    case TAG_BYTES:
        return padded(value->n);
    case TAG_CLONE:
        return sizeof(struct js_clone *);
    case TAG_ERRORS:
        return 2 * sizeof(struct js_clone *);
    default:
        return 0;
    }
}

static unsigned clone_count(const struct value *value)
{
    return value->tag == TAG_CLONE ? 1 : value->tag == TAG_ERRORS ? 2 : 0;
}

static struct packet *packet_new(unsigned from)
{
    struct packet *packet = xmalloc(sizeof *packet + FIRST);
    memset(packet, 0, sizeof *packet);
    packet->from = from;
    packet->capacity = FIRST;
    return packet;
}

/* Room for `length` bytes more, and where they begin. */
static void *reserve(struct packet **packet, size_t length)
{
    struct packet *p = *packet;
    if (p->length + length > p->capacity) {
        while (p->length + length > p->capacity)
            p->capacity *= 2;
        *packet = p = xrealloc(p, sizeof *p + p->capacity);
    }
    void *at = p->data + p->length;
    p->length += length;
    return at;
}

/* The value at *at, which moves on to what follows it. */
static const struct value *next_value(const char **at)
{
    const struct value *value = (const struct value *)*at;
    *at += sizeof *value + payload(value);
    return value;
}

static const struct record *next_record(const char **at)
{
    const struct record *record = (const struct record *)*at;
    *at += sizeof *record;
    return record;
}

static void each_clone(const struct packet *packet,
                       void (*f)(struct js_clone *clone))
{
    const char *at = packet->data;
    const char *end = at + packet->length;
    while (at < end) {
        const struct record *record = next_record(&at);
        for (unsigned i = 0; i < record->count; i++) {
            const struct value *value = next_value(&at);
            struct js_clone *const *clone = (const void *)(value + 1);
            for (unsigned c = 0; c < clone_count(value); c++)
                f(clone[c]);
        }
    }
}

static void add_reference(struct js_clone *clone)
{
    js_clone_ref(clone);
}

void packet_free(struct packet *packet)
{
    each_clone(packet, js_clone_unref);
    free(packet);
}

/* ---- Writing ------------------------------------------------------------ */

/* A value that is not small, written down before anything is added: that runs
 * getters, and they may send too. */
struct clones {
    struct js_clone *value;  /* NULL: it is small */
    struct js_clone *fields; /* what Errors in it own; NULL: nothing */
};

/* The cheapest first: it is asked of every value. */
static bool is_small(js_value value)
{
    if (js_is_small(value))
        return true;
    if (js_is_string(value))
        return js_string_is_one_byte(value);
    return !js_is_object(value) &&
           (js_is_number(value) || js_is_undefined(value) ||
            js_is_null(value) || js_is_boolean(value));
}

static void drop(struct clones *clones, int count)
{
    for (int i = 0; i < count; i++) {
        if (clones[i].value != NULL)
            js_clone_unref(clones[i].value);
        if (clones[i].fields != NULL)
            js_clone_unref(clones[i].fields);
    }
}

static bool clone_fields(struct clones *clones, struct js *js, js_value value)
{
    js_value internal = js_internal(js);
    js_value fields = js_call(js, js_get(js, internal, "errorFields"),
                              internal, 1, &value);
    if (js_is_none(fields))
        return false;
    if (js_is_undefined(fields))
        return true;
    clones->fields = js_clone_new(js, fields, JS_NONE);
    return clones->fields != NULL;
}

static bool clone_value(struct clones *clones, struct js *js, js_value value,
                        js_value moved)
{
    clones->value = js_clone_new(js, value, moved);
    return clones->value != NULL &&
           (!js_clone_may_hold_error(clones->value) ||
            clone_fields(clones, js, value));
}

static bool clone_values(struct clones *clones, struct js *js,
                         const struct packet_record *record)
{
    for (int i = 0; i < record->count; i++) {
        js_value moved = i == 0 ? record->moved : JS_NONE;
        /* A list of buffers is looked at even where nothing can hold them. */
        if (is_small(record->values[i]) &&
            (js_is_none(moved) || js_is_undefined(moved)))
            continue;
        if (!clone_value(&clones[i], js, record->values[i], moved)) {
            drop(clones, i + 1);
            return false;
        }
    }
    return true;
}

static void *put(struct packet **packet, enum tag tag, uint32_t n,
                 size_t length)
{
    struct value *value = reserve(packet, sizeof *value + padded(length));
    *value = (struct value){ tag, n };
    return value + 1;
}

static void put_string(struct packet **packet, struct js *js, js_value string)
{
    size_t length = js_string_length(string);
    char *at = put(packet, TAG_LATIN1, (uint32_t)length, length);
    js_string_write_latin1(js, string, 0, length, at);
}

static void put_small(struct packet **packet, struct js *js, js_value value)
{
    if (js_is_integer(value))
        put(packet, TAG_INTEGER, (uint32_t)js_to_integer(value), 0);
    else if (js_is_string(value))
        put_string(packet, js, value);
    else if (js_is_number(value))
        *(double *)put(packet, TAG_NUMBER, 0, sizeof(double)) =
            js_to_number(value);
    else if (js_is_undefined(value))
        put(packet, TAG_UNDEFINED, 0, 0);
    else if (js_is_null(value))
        put(packet, TAG_NULL, 0, 0);
    else
        put(packet, js_to_boolean(js, value) ? TAG_TRUE : TAG_FALSE, 0, 0);
}

static void put_clones(struct packet **packet, const struct clones *clones)
{
    const char *bytes;
    size_t length;
    if (clones->fields == NULL &&
        js_clone_bytes(clones->value, &bytes, &length) && length <= SMALL) {
        memcpy(put(packet, TAG_BYTES, (uint32_t)length, length), bytes, length);
        js_clone_unref(clones->value);
        return;
    }
    bool both = clones->fields != NULL;
    struct js_clone **at = put(packet, both ? TAG_ERRORS : TAG_CLONE, 0,
                               (both ? 2 : 1) * sizeof *at);
    at[0] = clones->value;
    if (both)
        at[1] = clones->fields;
}

static void put_record(struct packet **packet, struct js *js,
                       const struct packet_record *record,
                       const struct clones *clones)
{
    struct record *head = reserve(packet, sizeof *head);
    *head = (struct record){ record->kind, (uint16_t)record->count,
                             record->number };
    for (int i = 0; i < record->count; i++) {
        if (clones[i].value == NULL)
            put_small(packet, js, record->values[i]);
        else
            put_clones(packet, &clones[i]);
    }
    (*packet)->records++;
}

bool packet_add(struct packet **slot, unsigned from, struct js *js,
                const struct packet_record *record)
{
    struct clones few[FEW] = { { NULL, NULL } };
    struct clones *clones = few;
    CHECK(record->count <= UINT16_MAX);
    if (record->count > FEW)
        clones = xcalloc((size_t)record->count, sizeof *clones);
    bool done = clone_values(clones, js, record);
    if (done) {
        if (*slot == NULL)
            *slot = packet_new(from);
        put_record(slot, js, record, clones);
    }
    if (clones != few)
        free(clones);
    return done;
}

void packet_copy(struct packet **slot, const struct packet *from)
{
    if (*slot == NULL)
        *slot = packet_new(from->from);
    memcpy(reserve(slot, from->length), from->data, from->length);
    (*slot)->records += from->records;
    each_clone(from, add_reference);
}

/* ---- Reading ------------------------------------------------------------ */

static js_value restore(struct js *js, struct js_clone *const *clone)
{
    js_value argv[] = { js_clone_read(js, clone[0]), JS_NONE };
    if (js_is_none(argv[0]))
        return JS_NONE;
    argv[1] = js_clone_read(js, clone[1]);
    if (js_is_none(argv[1]))
        return JS_NONE;
    js_value internal = js_internal(js);
    return js_call(js, js_get(js, internal, "restoreErrors"), internal, 2,
                   argv);
}

static js_value get(struct js *js, const struct value *value)
{
    const void *data = value + 1;
    switch ((enum tag)value->tag) {
    case TAG_UNDEFINED:
        return js_undefined(js);
    case TAG_NULL:
        return js_null(js);
    case TAG_FALSE:
        return js_boolean(js, false);
    case TAG_TRUE:
        return js_boolean(js, true);
    case TAG_INTEGER:
        return js_integer(js, (int32_t)value->n);
    case TAG_NUMBER:
        return js_number(js, *(const double *)data);
    case TAG_LATIN1:
        return js_string_latin1(js, data, value->n);
    case TAG_BYTES:
        return js_clone_read_bytes(js, data, value->n);
    case TAG_CLONE:
        return js_clone_read(js, *(struct js_clone *const *)data);
    case TAG_ERRORS:
        return restore(js, data);
    }
    check_failed(__FILE__, __LINE__, "a tag of ours");
}

/* Into `out`, which has room for count_values(); false: threw. */
static bool unpack(const struct packet *packet, struct js *js, js_value *out)
{
    const char *at = packet->data;
    const char *end = at + packet->length;
    while (at < end) {
        const struct record *record = next_record(&at);
        *out++ = js_integer(js, record->kind);
        *out++ = js_integer(js, (int32_t)record->number);
        *out++ = js_integer(js, record->count);
        for (unsigned i = 0; i < record->count; i++) {
            *out = get(js, next_value(&at));
            if (js_is_none(*out++))
                return false;
        }
    }
    return true;
}

/* Three a record, and its values. */
static size_t count_values(const struct packet *packet)
{
    const char *at = packet->data;
    const char *end = at + packet->length;
    size_t count = 0;
    while (at < end) {
        const struct record *record = next_record(&at);
        count += 3 + record->count;
        for (unsigned i = 0; i < record->count; i++)
            next_value(&at);
    }
    return count;
}

static bool is_plain(const struct packet *packet)
{
    const char *at = packet->data;
    const char *end = at + packet->length;
    while (at < end) {
        const struct record *record = next_record(&at);
        for (unsigned i = 0; i < record->count; i++)
            if (next_value(&at)->tag >= TAG_BYTES)
                return false;
    }
    return true;
}

int packet_small_values(const struct packet *packet, struct js *js,
                        js_value *values, int most)
{
    if (3 * packet->records >= (uint32_t)most)
        return 0; /* three values each, at least */
    size_t count = 1 + count_values(packet);
    if (count > (size_t)most || !is_plain(packet))
        return 0;
    values[0] = js_integer(js, (int32_t)packet->from);
    CHECK(unpack(packet, js, values + 1));
    return (int)count;
}

js_value packet_values(const struct packet *packet, struct js *js)
{
    size_t count = 1 + count_values(packet);
    js_value *values = xcalloc(count, sizeof *values);
    values[0] = js_integer(js, (int32_t)packet->from);
    js_value array = JS_NONE;
    if (unpack(packet, js, values + 1))
        array = js_array(js, values, count);
    free(values);
    return array;
}
