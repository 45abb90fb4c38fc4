// SPDX-License-Identifier: MIT
#include "sched/check.h"
#include "src/bindings.h"
#include "src/child.h"
#include "src/encoding.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/*
 * native.child: processes, for src/lib/child.js, which knows a child by its
 * slot from spawn() until it is told that it exited.
 *
 * What a child does goes to internal.childEvent(slot, event, value): event is
 * enum child_event, value a string, null at the end of a stream, or the status.
 */
enum child_event {
    EVENT_OUTPUT,
    EVENT_ERROR,
    EVENT_EXIT
};

enum {
    PIECE = 64 << 10 /* most bytes of an event: what a pipe holds */
};

struct slot {
    struct child *child; /* NULL: free */
    struct decoder decoders[2]; /* of stdout and stderr */
};

struct bind_child {
    struct program *program;
    struct slot *slots;
    uint32_t count;
    struct js_ref *event;
    char piece[PIECE];
};

/* ---- From C to JavaScript ------------------------------------------------ */

/* The caller opened the scope of `value`. */
static void tell(struct program *p, uint32_t id, enum child_event event,
                 js_value value)
{
    js_value argv[] = {
        js_integer(p->js, (int32_t)id),
        js_integer(p->js, event),
        value,
    };
    js_enter(p->js, js_ref_get(p->js, p->children->event),
             js_undefined(p->js), 3, argv);
}

/* The next piece of a stream as a string, null at its end.  Half a character
 * that the stream ends in is a piece of its own. */
static js_value take_piece(struct child *child, enum child_stream stream,
                           struct decoder *decoder)
{
    struct bind_child *self = child->arg;
    struct js *js = self->program->js;
    ssize_t n = child_read(child, stream, self->piece, sizeof self->piece);

    if (n == -EAGAIN)
        return JS_NONE;
    if (n > 0 || decoder->length > 0)
        return encoding_decode(js, ENCODING_UTF8, decoder, self->piece,
                               (size_t)n, n == 0);
    child_finish(child, stream);
    return js_null(js);
}

/* A listener may wait, and the child be gone when it returns. */
static void on_readable(struct child *child, enum child_stream stream)
{
    struct bind_child *self = child->arg;
    struct program *p = self->program;
    enum child_event event =
        stream == CHILD_STDOUT ? EVENT_OUTPUT : EVENT_ERROR;
    struct js_scope scope;

    js_scope_open(p->js, &scope);
    js_value piece = take_piece(child, stream,
                                &self->slots[child->id].decoders[event]);
    /* Of a character that is not complete there is nothing to tell yet. */
    if (!js_is_none(piece) &&
        (js_is_null(piece) || js_string_length(piece) > 0))
        tell(p, child->id, event, piece);
    js_scope_close(&scope);
    program_settle(p);
}

static void on_exited(struct child *child, int status)
{
    struct bind_child *self = child->arg;
    struct js *js = self->program->js;
    struct js_scope scope;

    self->slots[child->id].child = NULL;
    js_scope_open(js, &scope);
    tell(self->program, child->id, EVENT_EXIT, js_integer(js, status));
    js_scope_close(&scope);
    program_settle(self->program);
}

static const struct child_ops child_ops = {
    .readable = on_readable,
    .exited = on_exited,
};

/* ---- Natives ------------------------------------------------------------- */

static struct child *child_arg(struct js *js, const struct js_args *args)
{
    struct bind_child *self = program_of(js)->children;
    uint32_t id = (uint32_t)js_to_integer(js_arg(args, 0));

    return id < self->count ? self->slots[id].child : NULL;
}

static uint32_t free_slot(struct bind_child *self)
{
    uint32_t id = 0;

    while (id < self->count && self->slots[id].child != NULL)
        id++;
    if (id == self->count) {
        self->count += 16;
        self->slots = xrealloc(self->slots,
                               self->count * sizeof *self->slots);
        for (uint32_t i = id; i < self->count; i++)
            self->slots[i].child = NULL;
    }
    self->slots[id] = (struct slot){ 0 };
    return id;
}

/* spawn(command) returns the slot. */
static js_value bind_spawn(struct js *js, const struct js_args *args)
{
    struct program *p = program_of(js);
    char *command = js_copy_utf8(js, js_arg(args, 0), NULL);
    struct child *child;

    if (command == NULL)
        return JS_NONE;
    int err = child_spawn(&child, p->shard, command, &child_ops, p->children);
    if (err != 0)
        js_throw_errno(js, err, "cannot start '%.100s'", command);
    free(command);
    if (err != 0)
        return JS_NONE;
    child->id = free_slot(p->children);
    p->children->slots[child->id].child = child;
    return js_integer(js, (int32_t)child->id);
}

/* pid(slot) */
static js_value bind_pid(struct js *js, const struct js_args *args)
{
    struct child *child = child_arg(js, args);

    return child == NULL ? js_undefined(js)
                         : js_integer(js, uv_process_get_pid(&child->process));
}

/* write(slot, data, encoding): a string or bytes.  False: nobody gets it. */
static js_value bind_write(struct js *js, const struct js_args *args)
{
    struct child *child = child_arg(js, args);
    js_value data = js_arg(args, 1);
    enum encoding encoding = (enum encoding)js_to_integer(js_arg(args, 2));
    char *bytes = NULL;
    size_t size;

    if (child == NULL)
        return js_boolean(js, false);
    if (!js_bytes(data, &bytes, &size))
        size = encoding_size(js, encoding, data);
    char *room = child_write(child, size);
    if (room != NULL && bytes != NULL)
        memcpy(room, bytes, size);
    else if (room != NULL)
        encoding_encode(js, encoding, data, room, size);
    return js_boolean(js, room != NULL);
}

/* close(slot): its stdin.  False: it was closed. */
static js_value bind_close(struct js *js, const struct js_args *args)
{
    struct child *child = child_arg(js, args);

    return js_boolean(js, child != NULL && child_close(child));
}

/* kill(slot, signal) */
static js_value bind_kill(struct js *js, const struct js_args *args)
{
    struct child *child = child_arg(js, args);
    int signal = js_to_integer(js_arg(args, 1));
    int err = child == NULL ? 0 : child_kill(child, signal);

    if (err != 0)
        return js_throw_errno(js, err, "cannot send signal %d to process %d",
                              signal, uv_process_get_pid(&child->process));
    return js_undefined(js);
}

const struct js_function child_table[] = {
    { "spawn", bind_spawn },
    { "pid", bind_pid },
    { "write", bind_write },
    { "close", bind_close },
    { "kill", bind_kill },
    { NULL, NULL },
};

/* ---- The shard's share --------------------------------------------------- */

int bind_child_open(struct program *p)
{
    struct js_scope scope;

    p->children = xcalloc(1, sizeof *p->children);
    p->children->program = p;
    js_scope_open(p->js, &scope);
    p->children->event =
        js_ref_new(p->js, js_get(p->js, js_internal(p->js), "childEvent"));
    js_scope_close(&scope);
    return 0;
}

void bind_child_close(struct program *p)
{
    struct bind_child *self = p->children;

    for (uint32_t i = 0; i < self->count; i++)
        if (self->slots[i].child != NULL)
            child_abandon(self->slots[i].child);
    free(self->slots);
    js_ref_free(self->event);
    free(self);
    p->children = NULL;
}
