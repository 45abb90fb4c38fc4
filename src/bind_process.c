// SPDX-License-Identifier: MIT
#include "src/bindings.h"
#include "src/options.h"
#include "src/place.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * native.process: what the program is and where it runs.
 */
extern char **environ;

static js_value text(struct js *js, const char *s)
{
    return js_string(js, s, strlen(s));
}

/* [node, program as given, arguments...] */
static js_value arguments(struct js *js, const struct options *options)
{
    char path[4096];

    if (place_of_node(path, sizeof path) != 0)
        strcpy(path, "node");
    js_value argv = js_array(js, NULL, 0);
    js_set_index(js, argv, 0, text(js, path));
    if (options->program == NULL)
        return argv;
    js_set_index(js, argv, 1, text(js, options->program));
    for (uint32_t i = 0; options->arguments[i] != NULL; i++)
        js_set_index(js, argv, i + 2, text(js, options->arguments[i]));
    return argv;
}

/* Nobody changes the environment once the shards run. */
static js_value environment(struct js *js)
{
    js_value env = js_object(js);

    for (char **e = environ; *e != NULL; e++) {
        const char *equals = strchr(*e, '=');
        if (equals == NULL)
            continue;
        js_value name = js_string(js, *e, (size_t)(equals - *e));
        js_set_key(js, env, name, text(js, equals + 1));
    }
    return env;
}

/* info() returns { argv, env, id, count }. */
static js_value bind_info(struct js *js, const struct js_args *args)
{
    struct program *p = program_of(js);
    js_value info = js_object(js);

    (void)args;
    js_set(js, info, "argv", arguments(js, p->options));
    js_set(js, info, "env", environment(js));
    js_set(js, info, "id", js_integer(js, (int32_t)p->shard->id));
    js_set(js, info, "count", js_integer(js, (int32_t)p->shard->count));
    return info;
}

/* cwd() */
static js_value bind_cwd(struct js *js, const struct js_args *args)
{
    char *path = getcwd(NULL, 0);

    (void)args;
    if (path == NULL)
        return js_throw_errno(js, -errno, "node.cwd()");
    js_value value = text(js, path);
    free(path);
    return value;
}

/* now() returns milliseconds since the process started, with fractions. */
static js_value bind_now(struct js *js, const struct js_args *args)
{
    uint64_t started = program_of(js)->programs->started;

    (void)args;
    return js_number(js, (double)(uv_hrtime() - started) / 1e6);
}

/* exit(status) does not return; its listeners have run. */
static js_value bind_exit(struct js *js, const struct js_args *args)
{
    return program_exit(program_of(js), js_to_integer(js_arg(args, 0)));
}

const struct js_function process_table[] = {
    { "info", bind_info },
    { "cwd", bind_cwd },
    { "now", bind_now },
    { "exit", bind_exit },
    { NULL, NULL },
};
