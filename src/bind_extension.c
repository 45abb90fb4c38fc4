// SPDX-License-Identifier: MIT
#define NODE_EXTENSION_HOST
#include "sched/check.h"
#include "sched/work.h"
#include "src/bindings.h"
#include "src/include/node/node_extension.h"
#include "src/library.h"

#include <errno.h>
#include <stdlib.h>

/*
 * native.extension: shared objects in, and what node_extension.h promises them.
 */
struct entry {
    void (*run)(struct js *js, void *arg);
    void *arg;
    bool done;
};

struct bind_extension {
    struct entry *entry; /* that is being entered */
};

/* ---- Loading ------------------------------------------------------------- */

typedef int init_function(struct js *js, js_value target);

/* ISO C has no way from an object's address to a function's. */
static init_function *as_init(void *symbol)
{
    union {
        void *symbol;
        init_function *function;
    } u = { .symbol = symbol };

    return u.function;
}

/* NULL: threw.  node_extension_cxx_init() is node.h's and calls the manual's
 * init(), which by itself would not know its shard. */
static init_function *find_init(struct js *js, const struct library *library,
                                const char *path)
{
    const uint32_t *version = library_find(library, "node_extension_version");
    void *init = library_find(library, "node_extension_init");

    if (init == NULL)
        init = library_find(library, "node_extension_cxx_init");
    if (init == NULL && library_find(library, "init") == NULL)
        js_throw_error(js, JS_ERROR, "No 'init' symbol found in module.");
    else if (version == NULL || init == NULL)
        js_throw_error(js, JS_ERROR,
                       "Cannot load '%s': it was not compiled with the flags "
                       "that node --cflags prints", path);
    else if (*version != NODE_EXTENSION_VERSION)
        js_throw_error(js, JS_ERROR,
                       "Cannot load '%s': it was compiled for version %u of "
                       "the extension API, and this is version %u: compile it "
                       "again", path, *version, NODE_EXTENSION_VERSION);
    else
        return as_init(init);
    return NULL;
}

static js_value call_init(struct js *js, init_function *init,
                          js_value target, const char *path)
{
    int status = init(js, target);

    if (status == 0)
        return JS_NONE; /* what an init() threw is on its way */
    js_value exception = js_take_exception(js);
    if (!js_is_none(exception))
        return js_throw(js, exception);
    if (status == NODE_EXTENSION_NO_INIT)
        return js_throw_error(js, JS_ERROR,
                              "No 'init' symbol found in module.");
    return js_throw_error(js, JS_ERROR, "Cannot load '%s': its init returned "
                          "%d", path, status);
}

static js_value load(struct js *js, const char *path, js_value target)
{
    struct library library;
    char why[1024];
    int err = library_open(&library, path, why, sizeof why);

    if (err == -ENOEXEC)
        return js_throw_error(js, JS_ERROR, "%s", why);
    if (err != 0)
        return js_throw_errno(js, err, "Error reading %s", path);
    init_function *init = find_init(js, &library, path);
    if (init == NULL) {
        library_close(&library);
        return JS_NONE;
    }
    return call_init(js, init, target, path); /* it stays loaded */
}

/* load(filename, target) */
static js_value bind_load(struct js *js, const struct js_args *args)
{
    js_value target = js_arg(args, 1);
    char *path;

    if (!js_is_object(target))
        return js_throw_error(js, JS_TYPE_ERROR,
                              "an extension needs an object to fill");
    path = js_copy_utf8(js, js_arg(args, 0), NULL);
    if (path == NULL)
        return JS_NONE;
    js_value result = load(js, path, target);
    free(path);
    return result;
}

/* ---- Entering ------------------------------------------------------------ */

bool bind_extension_enter(struct program *p,
                          void (*run)(struct js *js, void *arg), void *arg)
{
    struct entry entry = { run, arg, false };
    struct entry *outer = p->extensions->entry;

    p->extensions->entry = &entry;
    program_call(p, "enterExtension", 0, NULL);
    p->extensions->entry = outer;
    return entry.done;
}

/* enter(), called by C alone. */
static js_value bind_enter(struct js *js, const struct js_args *args)
{
    struct entry *entry = program_of(js)->extensions->entry;

    (void)args;
    entry->done = true;
    entry->run(js, entry->arg);
    return JS_NONE;
}

/* ---- Promises ------------------------------------------------------------ */

js_value node_promise(struct js *js)
{
    js_value constructor = js_get(js, js_internal(js), "Promise");

    return js_is_none(constructor) ? JS_NONE : js_new(js, constructor, 0, NULL);
}

static bool settle(struct js *js, js_value promise, const char *method,
                   int argc, const js_value *argv)
{
    js_value function = js_get(js, promise, method);

    return !js_is_none(function)
           && !js_is_none(js_call(js, function, promise, argc, argv));
}

bool node_promise_succeed(struct js *js, js_value promise, int argc,
                          const js_value *argv)
{
    return settle(js, promise, "emitSuccess", argc, argv);
}

bool node_promise_fail(struct js *js, js_value promise, int argc,
                       const js_value *argv)
{
    return settle(js, promise, "emitError", argc, argv);
}

/* ---- Work ---------------------------------------------------------------- */

struct job {
    struct work work;
    const struct node_work *class;
    void *arg;
};

static void on_run(struct work *work)
{
    struct job *job = CONTAINER_OF(work, struct job, work);
    job->class->run(job->arg);
}

static void on_discard(struct work *work)
{
    struct job *job = CONTAINER_OF(work, struct job, work);

    if (job->class->discard != NULL)
        job->class->discard(job->arg);
    free(job);
}

static void on_done(struct work *work, struct shard *here)
{
    struct job *job = CONTAINER_OF(work, struct job, work);

    if (bind_extension_enter(here->program, job->class->done, job->arg))
        free(job);
    else
        on_discard(work);
}

void node_work_start(struct js *js, const struct node_work *work, void *arg)
{
    struct job *job = xcalloc(1, sizeof *job);

    CHECK(work->run != NULL && work->done != NULL);
    job->work.run = on_run;
    job->work.done = on_done;
    job->work.discard = on_discard;
    job->class = work;
    job->arg = arg;
    work_start(&job->work, program_of(js)->shard);
}

/* ---- A shard's ----------------------------------------------------------- */

int bind_extension_open(struct program *p)
{
    p->extensions = xcalloc(1, sizeof *p->extensions);
    return 0;
}

void bind_extension_close(struct program *p)
{
    free(p->extensions);
    p->extensions = NULL;
}

const struct js_function extension_table[] = {
    { "load", bind_load },
    { "enter", bind_enter },
    { NULL, NULL },
};
