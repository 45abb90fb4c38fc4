// SPDX-License-Identifier: MIT
#include "src/program.h"

#include "sched/check.h"
#include "src/bindings.h"
#include "src/output.h"
#include "src/port.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void program_call(struct program *p, const char *name, int argc,
                  const js_value *argv)
{
    struct js_scope scope;

    js_scope_open(p->js, &scope);
    js_value internal = js_internal(p->js);
    js_enter(p->js, js_get(p->js, internal, name), internal, argc, argv);
    js_scope_close(&scope);
    program_settle(p);
}

/* ---- The engine's own work --------------------------------------------- */

void program_settle(struct program *p)
{
    bool busy = js_is_busy(p->js);

    if (busy == p->busy)
        return;
    p->busy = busy;
    if (busy)
        shard_hold(p->shard);
    else
        shard_release(p->shard);
}

static void pump(struct program *p)
{
    if (p->failed || p->exited)
        return;
    int64_t ms = js_pump(p->js);
    if (ms >= 0)
        timer_start(&p->shard->timers, &p->pump,
                    uv_hrtime() + (uint64_t)ms * 1000000);
    program_settle(p);
}

static void on_engine(struct task *task, struct shard *here)
{
    (void)task;
    pump(here->program);
}

static void on_pump(struct task *task, struct shard *here)
{
    (void)task;
    pump(here->program);
}

static void on_wake(struct js *js)
{
    signal_raise(&program_of(js)->engine);
}

/* ---- The end ----------------------------------------------------------- */

/* The first report of the process is the one that tells why it ended: others
 * may follow from it, or fail while they are stopped. */
static void print_report(const struct program *p, const char *report,
                         size_t length)
{
    static atomic_flag printed = ATOMIC_FLAG_INIT;
    char where[64] = "";

    if (atomic_flag_test_and_set(&printed))
        return;
    if (p->shard->count > 1)
        snprintf(where, sizeof where, "node: uncaught exception on shard %u\n",
                 p->shard->id);
    size_t prefix = strlen(where);
    char *text = xmalloc(prefix + length);
    memcpy(text, where, prefix);
    memcpy(text + prefix, report, length);
    output_error(text, prefix + length);
    free(text);
}

static void on_uncaught(struct js *js, const char *report, size_t length)
{
    struct program *p = program_of(js);

    if (p->failed || p->exited)
        return;
    p->failed = true;
    print_report(p, report, length);
    js_terminate(js);
    crew_fail(p->shard, EXIT_FAILURE);
}

js_value program_exit(struct program *p, int status)
{
    p->exited = true;
    crew_exit(p->shard, status);
    return js_unwind(p->js);
}

/* The crew ends in order.  Who was in a promise.wait() was unwound. */
static void on_exit_crew(struct shard *here, void *arg)
{
    struct program *p = here->program;

    (void)arg;
    if (p->failed || p->exited)
        return;
    js_resume(p->js);
    program_call(p, "exit", 0, NULL);
}

static void on_interrupt(struct shard *shard, void *arg)
{
    struct programs *programs = arg;

    js_terminate(programs->list[shard->id].js);
}

/* ---- The life of a shard's program ------------------------------------- */

static void on_start(struct task *task, struct shard *here)
{
    (void)task;
    program_call(here->program, "start", 0, NULL);
}

static int open_bytes(struct program *p)
{
    bytes_init(&p->bytes);
    return 0;
}

static void close_bytes(struct program *p)
{
    bytes_fini(&p->bytes);
}

/* Those that have state per shard, in the order of opening. */
static const struct {
    int (*open)(struct program *program);
    void (*close)(struct program *program);
} modules[] = {
    { bind_timer_open, bind_timer_close },
    { bind_dns_open, bind_dns_close },
    { open_bytes, close_bytes },
    { rows_open, rows_close },
    { bind_tcp_open, bind_tcp_close },
    { bind_http_open, bind_http_close },
    { bind_server_open, bind_server_close },
    { bind_child_open, bind_child_close },
    { bind_stdio_open, bind_stdio_close },
    { bind_shard_open, bind_shard_close },
    { bind_extension_open, bind_extension_close },
};

enum {
    MODULES = sizeof modules / sizeof *modules
};

static void close_modules(struct program *p, int count)
{
    while (count > 0)
        modules[--count].close(p);
}

static int open_modules(struct program *p)
{
    for (int i = 0; i < MODULES; i++) {
        int err = modules[i].open(p);
        if (err != 0) {
            close_modules(p, i);
            return err;
        }
    }
    return 0;
}

static int on_open(struct shard *here, void *arg)
{
    struct programs *programs = arg;
    struct program *p = &programs->list[here->id];

    *p = (struct program){ .shard = here,
                           .options = programs->options,
                           .programs = programs,
                           .pump.task.run = on_pump,
                           .start.run = on_start };
    here->program = p;
    signal_init(&p->engine, here, on_engine);
    struct js_host host = { .uncaught = on_uncaught,
                            .wake = on_wake,
                            .arg = p };
    int err = js_open(&p->js, &host);
    if (err != 0)
        return err;
    port_open(p);
    err = open_modules(p);
    if (err != 0) {
        js_close(p->js);
        port_close(p);
        p->js = NULL;
        return err;
    }
    ready_push(&here->ready, &p->start);
    return 0;
}

static void on_close(struct shard *here, void *arg)
{
    struct program *p = here->program;

    (void)arg;
    if (p->js == NULL)
        return; /* open failed */
    close_modules(p, MODULES);
    timer_stop(&here->timers, &p->pump);
    if (!shard_settle(here))
        js_leave_natives(p->js); /* work that does not end may be at them */
    js_close(p->js);
    port_close(p); /* whom a post is refused finds the isolate closed */
    rows_fini(&p->rows);
}

const struct crew_program program_class = {
    .open = on_open,
    .exit = on_exit_crew,
    .interrupt = on_interrupt,
    .close = on_close,
};

/* ---- The programs of a crew --------------------------------------------- */

void programs_open(struct programs *programs, const struct options *options,
                   unsigned count)
{
    enum { LINE = 64 / sizeof(uint32_t) };

    programs->options = options;
    programs->started = uv_hrtime();
    programs->list = xcalloc(count, sizeof *programs->list);
    programs->delivered_stride = (count + LINE - 1) / LINE * LINE;
    programs->delivered = aligned_alloc(
        64, count * programs->delivered_stride * sizeof(uint32_t));
    CHECK(programs->delivered != NULL);
    memset(programs->delivered, 0,
           count * programs->delivered_stride * sizeof(uint32_t));
}

void programs_close(struct programs *programs)
{
    free(programs->delivered);
    free(programs->list);
}
