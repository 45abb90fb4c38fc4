// SPDX-License-Identifier: MIT
#include "tests/isolates/harness.h"

#include <time.h>
#include <unistd.h>

/* A turn of the loop: pumps when woken or when the time has come. */
static js_value turns(struct js *js, const struct js_args *args)
{
    for (int i = js_to_integer(js_arg(args, 0)); i > 0; i--) {
        js_pump(js);
        usleep(1000);
    }
    return js_undefined(js);
}

/* turnsFailing(f): turns while f's exception is still pending. */
static js_value turns_failing(struct js *js, const struct js_args *args)
{
    js_value none = js_call(js, js_arg(args, 0), js_undefined(js), 0, NULL);
    CHECK_TRUE(js_is_none(none));
    js_pump(js);
    return JS_NONE;
}

static const struct js_function table[] = {
    { "compile", compile },
    { "turns", turns },
    { "turnsFailing", turns_failing },
    { NULL, NULL },
};

static struct harness *h;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* As a shard does: sleep until woken or until the pump's time, while the engine
 * is busy.  At most 10 seconds. */
static void run_while_busy(void)
{
    double end = now() + 10000;
    int64_t next = js_pump(h->js);
    while (js_is_busy(h->js) && now() < end) {
        double due = next < 0 ? end : now() + (double)next;
        while (atomic_exchange(&h->wakes, 0) == 0 && now() < due)
            usleep(200);
        next = js_pump(h->js);
    }
    CHECK_TRUE(now() < end);
}

static void settles(const char *text, const char *expected)
{
    CHECK_TEXT(eval(h, "globalThis.result = 'none'"), "undefined");
    check_text(__FILE__, __LINE__, text, eval(h, text), "undefined");
    run_while_busy();
    check_text(__FILE__, __LINE__, text, eval(h, "return result"), expected);
    CHECK_EQ(h->reports, 0);
}

#define MODULE "new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])"

TEST(engine_starts)
{
    harness_start(table, (struct js_snapshot){ NULL, 0 });
    h = harness_open();
}

TEST(nothing_is_busy_at_first)
{
    js_pump(h->js);
    CHECK_EQ(js_is_busy(h->js), 0);
}

TEST(an_asynchronous_compilation_settles)
{
    settles("WebAssembly.compile(" MODULE ").then(m => {\n"
            "    result = m instanceof WebAssembly.Module })", "true");
    settles("WebAssembly.instantiate(" MODULE ").then(m => {\n"
            "    result = m.instance instanceof WebAssembly.Instance })",
            "true");
    settles("WebAssembly.compile(new Uint8Array(8)).catch(e => {\n"
            "    result = e.name })", "CompileError");
}

TEST(many_compilations_settle)
{
    settles("result = 0; for (let i = 0; i < 100; i++)\n"
            "    WebAssembly.compile(" MODULE ").then(() => { result++ })",
            "100");
}

TEST(wait_async_times_out)
{
    double start = now();
    settles("globalThis.cells = new Int32Array(new SharedArrayBuffer(8));\n"
            "Atomics.waitAsync(cells, 0, 0, 50).value\n"
            "    .then(v => { result = v })", "timed-out");
    CHECK_TRUE(now() - start >= 50);
}

TEST(wait_async_is_notified)
{
    settles("Atomics.waitAsync(cells, 0, 0).value\n"
            "    .then(v => { result = v });\n"
            "Atomics.notify(cells, 0)", "ok");
}

TEST(a_wait_without_a_timeout_holds_nobody)
{
    settles("Atomics.waitAsync(cells, 0, 0)", "none");
}

TEST(the_pump_tells_when_it_is_needed_next)
{
    double start = now();
    CHECK_TEXT(eval(h, "for (const ms of [500, 900, 400, 700])\n"
                       "    Atomics.waitAsync(cells, 0, 0, ms)"), "undefined");
    int64_t next = js_pump(h->js);
    CHECK_TRUE((double)next >= 400 - (now() - start) - 1 && next <= 400);
    CHECK_EQ(js_is_busy(h->js), 1);
    run_while_busy();
}

TEST(atomics_wait_throws)
{
    CHECK_TEXT(eval(h, "try { Atomics.wait(cells, 0, 0, 1) }\n"
                       "catch (e) { return e.name }"), "TypeError");
}

TEST(finalizers_run_from_the_pump)
{
    CHECK_TEXT(eval(h, "result = 0;\n"
                       "globalThis.r = new FinalizationRegistry(v => {\n"
                       "    result += v;\n"
                       "    Promise.resolve().then(() => { result += 10 })});\n"
                       "for (let i = 0; i < 5; i++) r.register({}, 1)"),
               "undefined");
    js_collect(h->js);
    CHECK_TEXT(eval(h, "return result"), "0");
    while (js_pump(h->js) == 0)
        ;
    CHECK_TEXT(eval(h, "return result"), "55");
}

TEST(what_a_finalizer_throws_is_reported)
{
    CHECK_TEXT(eval(h, "globalThis.r = new FinalizationRegistry(() => {\n"
                       "    throw new Error('late') });\n"
                       "r.register({}, 1)"), "undefined");
    js_collect(h->js);
    while (js_pump(h->js) == 0)
        ;
    CHECK_EQ(h->reports, 1);
    CHECK_TRUE(strstr(h->report, "test.js:2\n") == h->report);
    h->reports = 0;
}

TEST(a_nested_turn_settles_compilations_and_waits)
{
    CHECK_TEXT(eval(h, "const log = [];\n"
                       "WebAssembly.compile(" MODULE ")\n"
                       "    .then(() => log.push('wasm'));\n"
                       "Atomics.waitAsync(cells, 0, 0, 20).value\n"
                       "    .then(v => log.push(v));\n"
                       "for (let i = 0; i < 500 && log.length < 2; i++)\n"
                       "    native.t.turns(20);\n"
                       "return log.sort()"),
               "timed-out,wasm");
}

TEST(a_pending_exception_survives_a_nested_turn)
{
    CHECK_TEXT(eval(h, "let done = false;\n"
                       "Atomics.waitAsync(cells, 0, 0).value\n"
                       "    .then(() => { done = true });\n"
                       "Atomics.notify(cells, 0);\n"
                       "try { native.t.turnsFailing(() => { throw 'mine' }) }\n"
                       "catch (e) { return e + done }"), "minetrue");
}

TEST(a_terminated_isolate_keeps_its_tasks)
{
    CHECK_TEXT(eval(h, "result = 'none';\n"
                       "Atomics.waitAsync(cells, 0, 0).value\n"
                       "    .then(v => { result = v });\n"
                       "Atomics.notify(cells, 0)"), "undefined");
    js_terminate(h->js);
    CHECK_EQ(js_pump(h->js), -1);
    js_resume(h->js);
    run_while_busy();
    CHECK_TEXT(eval(h, "return result"), "ok");
}

TEST(inside_a_task_only_nestable_tasks_run)
{
    CHECK_TEXT(eval(h, "globalThis.log = [];\n"
                       "globalThis.r = new FinalizationRegistry(() => {\n"
                       "    Atomics.waitAsync(cells, 0, 0, 1).value\n"
                       "        .then(v => log.push(v));\n"
                       "    WebAssembly.compile(" MODULE ")\n"
                       "        .then(() => log.push('wasm'));\n"
                       "    for (let i = 0; i < 500 && !log.length; i++)\n"
                       "        native.t.turns(20);\n"
                       "    log.push('end') });\n"
                       "r.register({}, 1)"), "undefined");
    js_collect(h->js);
    while (js_pump(h->js) == 0)
        ;
    run_while_busy();
    CHECK_TEXT(eval(h, "return log"), "wasm,end,timed-out");
}

/* V8's own tasks may still come: begin where none has since the pump. */
static void pump_until_quiet(void)
{
    do {
        atomic_store(&h->wakes, 0);
        js_pump(h->js);
    } while (atomic_load(&h->wakes) != 0);
}

/* Garbage enough for V8 to post tasks of its own. */
TEST(housekeeping_keeps_nobody_busy)
{
    pump_until_quiet();
    CHECK_TEXT(eval(h, "let keep = []; for (let i = 0; i < 2e6; i++) {\n"
                       "    keep.push({i}); if (i % 5e5 === 0) keep = [] }"),
               "undefined");
    CHECK_TRUE(atomic_load(&h->wakes) > 0);
    CHECK_EQ(js_is_busy(h->js), 0);
    for (int i = 0; i < 50 && js_pump(h->js) == 0; i++)
        ;
    CHECK_EQ(js_is_busy(h->js), 0);
}

TEST(many_posts_wake_once)
{
    pump_until_quiet();
    CHECK_TEXT(eval(h, "for (let i = 0; i < 50; i++)\n"
                       "    Atomics.waitAsync(cells, 0, 0, 20)"), "undefined");
    CHECK_EQ(atomic_load(&h->wakes), 1);
    run_while_busy();
}

TEST(closing_drops_what_is_queued)
{
    for (int i = 0; i < 30; i++) {
        struct harness *other = harness_open();
        eval(other, "const cells = new Int32Array(new SharedArrayBuffer(4));\n"
                    "Atomics.waitAsync(cells, 0, 0, 1);\n"
                    "Atomics.waitAsync(cells, 0, 0, 1000);\n"
                    "Atomics.waitAsync(cells, 0, 0);\n"
                    "Atomics.notify(cells, 0, 1);\n"
                    "for (let i = 0; i < 20; i++)\n"
                    "    WebAssembly.compile(" MODULE ");");
        if (i % 2)
            js_pump(other->js);
        harness_close(other);
    }
}

TEST(engine_stops)
{
    harness_close(h);
    js_stop();
}
