// SPDX-License-Identifier: MIT
#include "sched/check.h"
#include "src/bindings.h"
#include "src/output.h"

#include <stdlib.h>

/*
 * native.output: what programs print.  Text leaves as UTF-8.
 */
struct text {
    char *data;
    size_t length;
    char small[1024];
};

/* The first argument, which is a string. */
static void text_init(struct text *text, struct js *js,
                      const struct js_args *args)
{
    js_value string = js_arg(args, 0);
    size_t most = js_string_length(string) * 3;

    if (most > sizeof text->small)
        most = js_string_utf8_length(js, string);
    text->data = most > sizeof text->small ? xmalloc(most) : text->small;
    text->length = js_string_write_utf8(js, string, text->data, most);
}

static void text_fini(struct text *text)
{
    if (text->data != text->small)
        free(text->data);
}

/* write(string): to stdout, some time. */
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

/* error(string): to stderr, now. */
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
    { "error", bind_error },
    { NULL, NULL },
};
