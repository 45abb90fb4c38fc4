// SPDX-License-Identifier: MIT
#include "sched/check.h"
#include "src/bindings.h"
#include "src/encoding.h"
#include "src/output.h"

#include <stdlib.h>

/*
 * native.output: what programs print: strings, as UTF-8 unless another encoding
 * is given, or bytes.
 */
struct text {
    char *data;
    size_t length;
    char *own; /* to free, or NULL */
    char small[1024];
};

/* The first argument, in the encoding that is the second. */
static void text_init(struct text *text, struct js *js,
                      const struct js_args *args)
{
    js_value string = js_arg(args, 0);
    enum encoding encoding = js_argc(args) > 1
        ? (enum encoding)js_to_integer(js_arg(args, 1)) : ENCODING_UTF8;

    text->own = NULL;
    if (js_bytes(string, &text->data, &text->length))
        return;
    text->length = js_string_length(string) * 3;
    if (encoding != ENCODING_UTF8 || text->length > sizeof text->small)
        text->length = encoding_size(js, encoding, string);
    if (text->length > sizeof text->small)
        text->own = xmalloc(text->length);
    text->data = text->own == NULL ? text->small : text->own;
    text->length = encoding_encode(js, encoding, string, text->data,
                                   text->length);
}

static void text_fini(struct text *text)
{
    free(text->own);
}

/* write(data, encoding): to stdout, some time. */
static js_value bind_write(struct js *js, const struct js_args *args)
{
    struct text text;

    text_init(&text, js, args);
    output_write(program_of(js)->shard->id, text.data, text.length);
    text_fini(&text);
    return js_undefined(js);
}

/* flush(): all that was printed is out when it returns. */
static js_value bind_flush(struct js *js, const struct js_args *args)
{
    (void)args;
    output_flush();
    return js_undefined(js);
}

/* push(): what is printed of a line leaves too. */
static js_value bind_push(struct js *js, const struct js_args *args)
{
    (void)args;
    output_push(program_of(js)->shard->id);
    return js_undefined(js);
}

/* error(data, encoding): to stderr, now. */
static js_value bind_error(struct js *js, const struct js_args *args)
{
    struct text text;

    text_init(&text, js, args);
    output_error(text.data, text.length);
    text_fini(&text);
    return js_undefined(js);
}

const struct js_function output_table[] = {
    { "write", bind_write },
    { "flush", bind_flush },
    { "push", bind_push },
    { "error", bind_error },
    { NULL, NULL },
};
