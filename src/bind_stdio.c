// SPDX-License-Identifier: MIT
#include "sched/check.h"
#include "src/bindings.h"
#include "src/encoding.h"
#include "src/input.h"

#include <stdlib.h>

/*
 * native.stdio: stdin, which is the first shard's.  What it does goes to
 * internal.stdinEvent(data): a string or bytes, null at the end.
 */
struct bind_stdio {
    struct program *program;
    struct js_ref *event;
    struct decoder decoder;
    enum encoding encoding;
    bool open; /* holds the shard */
};

static void stop(struct bind_stdio *self)
{
    self->open = false;
    shard_release(self->program->shard);
}

/* As take_piece() of bind_child.c. */
static js_value take_piece(struct bind_stdio *self)
{
    struct js *js = self->program->js;
    const char *data;
    size_t length;

    if (!input_piece(&data, &length))
        return JS_NONE;
    if (length > 0 || self->decoder.length > 0) {
        js_value piece = encoding_decode(js, self->encoding, &self->decoder,
                                         data, length, length == 0);
        if (length > 0)
            input_next();
        else
            signal_raise(&self->program->input); /* there is still the end */
        return piece;
    }
    stop(self);
    return js_null(js);
}

static void on_arrived(struct task *task, struct shard *here)
{
    struct program *p = here->program;
    struct bind_stdio *self = p->stdio;
    struct js *js = p->js;
    struct js_scope scope;

    (void)task;
    if (!self->open)
        return;
    js_scope_open(js, &scope);
    js_value piece = take_piece(self);
    if (!js_is_none(piece) &&
        !(js_is_string(piece) && js_string_length(piece) == 0))
        js_enter(js, js_ref_get(js, self->event), js_undefined(js), 1,
                 &piece);
    js_scope_close(&scope);
    program_settle(p);
}

/* ---- Natives ------------------------------------------------------------- */

/* open(encoding): once. */
static js_value bind_open(struct js *js, const struct js_args *args)
{
    struct bind_stdio *self = program_of(js)->stdio;
    int err = input_open(&self->program->input);

    if (err != 0)
        return js_throw_errno(js, err, "cannot read stdin");
    self->encoding = (enum encoding)js_to_integer(js_arg(args, 0));
    self->open = true;
    shard_hold(self->program->shard);
    return js_undefined(js);
}

/* close(): no event follows. */
static js_value bind_close(struct js *js, const struct js_args *args)
{
    struct bind_stdio *self = program_of(js)->stdio;

    (void)args;
    if (self->open)
        stop(self);
    input_close();
    return js_undefined(js);
}

/* edit(): before open(), have lines edited.  Returns whether they are. */
static js_value bind_edit(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_boolean(js, input_edit());
}

/* ask(prompt): for a line that is edited. */
static js_value bind_ask(struct js *js, const struct js_args *args)
{
    char *prompt = js_copy_utf8(js, js_arg(args, 0), NULL);

    if (prompt == NULL)
        return JS_NONE;
    input_ask(prompt);
    return js_undefined(js);
}

const struct js_function stdio_table[] = {
    { "open", bind_open },
    { "close", bind_close },
    { "edit", bind_edit },
    { "ask", bind_ask },
    { NULL, NULL },
};

/* ---- The shard's share --------------------------------------------------- */

int bind_stdio_open(struct program *p)
{
    struct js_scope scope;

    p->stdio = xcalloc(1, sizeof *p->stdio);
    p->stdio->program = p;
    signal_init(&p->input, p->shard, on_arrived);
    js_scope_open(p->js, &scope);
    p->stdio->event =
        js_ref_new(p->js, js_get(p->js, js_internal(p->js), "stdinEvent"));
    js_scope_close(&scope);
    return 0;
}

void bind_stdio_close(struct program *p)
{
    if (p->shard->id == 0)
        input_close();
    if (p->stdio->open)
        stop(p->stdio);
    js_ref_free(p->stdio->event);
    free(p->stdio);
    p->stdio = NULL;
}
