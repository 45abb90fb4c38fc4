// SPDX-License-Identifier: MIT
#include "tests/isolates/harness.h"

#include <pthread.h>
#include <unistd.h>

static atomic_bool running;

static js_value runs(struct js *js, const struct js_args *args)
{
    (void)args;
    atomic_store(&running, true);
    return js_undefined(js);
}

static js_value unwinds(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_unwind(js);
}

/* Terminate as from elsewhere: without unwinding. */
static js_value terminates(struct js *js, const struct js_args *args)
{
    (void)args;
    js_terminate(js);
    return JS_NONE;
}

/* waits(function): a loop of turns, which the end of the program unwinds. */
static js_value waits(struct js *js, const struct js_args *args)
{
    for (int i = 0; i < 3; i++) {
        js_value value =
            js_enter(js, js_arg(args, 0), js_undefined(js), 0, NULL);
        if (js_is_none(value))
            return js_unwind(js);
    }
    return js_undefined(js);
}

static js_value calls(struct js *js, const struct js_args *args)
{
    js_value value = js_call(js, js_arg(args, 0), js_undefined(js), 0, NULL);
    if (js_is_none(value)) {
        js_value exception = js_take_exception(js);
        if (!js_is_none(exception))
            return exception;
    }
    return value;
}

static js_value fails_and_unwinds(struct js *js, const struct js_args *args)
{
    (void)args;
    js_throw_error(js, JS_ERROR, "before");
    return js_unwind(js);
}

static const struct js_function table[] = {
    { "compile", compile },
    { "runs", runs },
    { "unwinds", unwinds },
    { "terminates", terminates },
    { "waits", waits },
    { "calls", calls },
    { "failsAndUnwinds", fails_and_unwinds },
    { NULL, NULL },
};

static struct harness *h;

/* `text` is terminated, silently, and nothing more runs until js_resume(). */
static void ends_silently(const char *text)
{
    check_text(__FILE__, __LINE__, text, eval(h, text), "NONE");
    CHECK_EQ(h->reports, 0);
    CHECK_TEXT(eval(h, "log = 'ran again'"), "NONE");
}

static void is_terminated(const char *text)
{
    ends_silently(text);
    js_resume(h->js);
}

static void *terminator(void *arg)
{
    while (!atomic_load(&running))
        usleep(10);
    js_terminate(arg);
    return NULL;
}

static void is_terminated_from_elsewhere(const char *text)
{
    pthread_t thread;
    atomic_store(&running, false);
    pthread_create(&thread, NULL, terminator, h->js);
    ends_silently(text);
    pthread_join(thread, NULL); /* js_resume() comes after js_terminate() */
    js_resume(h->js);
}

TEST(engine_starts)
{
    harness_start(table, (struct js_snapshot){ NULL, 0 });
    h = harness_open();
}

TEST(an_endless_loop_ends_200_times)
{
    for (int i = 0; i < 200; i++) {
        is_terminated_from_elsewhere("log = 0; native.t.runs(); for (;;);");
        CHECK_TEXT(eval(h, "return 7"), "7");
    }
}

TEST(so_does_one_that_catches_everything)
{
    is_terminated_from_elsewhere(
        "native.t.runs();\n"
        "for (;;) try { for (;;) JSON.parse('{}') }\n"
        "catch (e) {} finally { log = 'finally' }");
    CHECK_TEXT(eval(h, "return log"), "0");
}

TEST(so_do_endless_microtasks)
{
    is_terminated_from_elsewhere(
        "const f = () => { native.t.runs(); Promise.resolve().then(f) }; f()");
    CHECK_TEXT(eval(h, "return 7"), "7");
}

TEST(so_do_endless_regular_expressions_and_sorts)
{
    is_terminated_from_elsewhere(
        "native.t.runs(); /(a+)+$/.test('a'.repeat(40) + 'b')");
    is_terminated_from_elsewhere(
        "const a = Array.from({length: 3000000}, Math.random);\n"
        "native.t.runs(); for (;;) a.sort((x, y) => Math.random() - 0.5)");
}

TEST(termination_alone_lets_a_statement_run)
{
    is_terminated("log = 1; native.t.terminates(); log = 2; for (;;);");
}

TEST(unwinding_lets_none_run)
{
    is_terminated("log = 1; native.t.unwinds(); log = 2");
    CHECK_TEXT(eval(h, "return log"), "1");
    is_terminated("log = 1;\n"
                  "try { native.t.unwinds(); log = 2 }\n"
                  "catch (e) { log = 3 } finally { log = 4 }");
    CHECK_TEXT(eval(h, "return log"), "1");
    is_terminated("log = 1; [0].map(() => { native.t.unwinds() }); log = 2");
    CHECK_TEXT(eval(h, "return log"), "1");
}

TEST(unwinding_passes_natives_in_between)
{
    is_terminated("log = 1; native.t.calls(() => {\n"
                  "  native.t.calls(() => { native.t.unwinds(); log = 2 });\n"
                  "  log = 3 }); log = 4");
    CHECK_TEXT(eval(h, "return log"), "1");
}

TEST(unwinding_passes_nested_enters)
{
    is_terminated("log = 1;\n"
                  "try { native.t.waits(() => {\n"
                  "  native.t.waits(() => { native.t.unwinds(); log = 2 });\n"
                  "  log = 3 }); log = 4 } finally { log = 5 }");
    CHECK_TEXT(eval(h, "return log"), "1");
}

TEST(unwinding_drops_a_pending_exception)
{
    is_terminated("log = 1; try { native.t.failsAndUnwinds(); log = 2 }\n"
                  "catch (e) { log = 3 }");
    CHECK_TEXT(eval(h, "return log"), "1");
}

TEST(unwinding_drops_microtasks)
{
    is_terminated("log = 1; Promise.resolve().then(() => { log = 2 });\n"
                  "(async () => { await null; log = 3 })();\n"
                  "Promise.resolve({then() { log = 4 }});\n"
                  "Promise.reject(1); native.t.unwinds()");
    CHECK_TEXT(eval(h, "return log"), "1");
    CHECK_TEXT(eval(h, "return log"), "1");
    CHECK_EQ(h->reports, 0);
    CHECK_TEXT(eval(h, "Promise.resolve().then(() => { log = 5 })"),
               "undefined");
}

TEST(a_terminated_isolate_is_not_entered)
{
    js_terminate(h->js);
    CHECK_TEXT(eval(h, "log = 5"), "NONE");
    CHECK_EQ(js_pump(h->js), -1);
    js_resume(h->js);
    CHECK_TEXT(eval(h, "return log"), "5");
}

TEST(stopping_in_the_report_of_a_nested_turn_unwinds_all)
{
    h->stop = true;
    CHECK_TEXT(eval(h, "log = 1; native.t.waits(() => {\n"
                       "  native.t.waits(() => { throw 5 }); log = 2 });\n"
                       "log = 3"), "NONE");
    CHECK_EQ(h->reports, 1);
    h->reports = 0;
    h->stop = false;
    js_resume(h->js);
    CHECK_TEXT(eval(h, "return log"), "1");
}

TEST(a_terminated_isolate_closes)
{
    for (int i = 0; i < 20; i++) {
        struct harness *other = harness_open();
        CHECK_TEXT(eval(other, "native.t.unwinds()"), "NONE");
        harness_close(other);
    }
}

TEST(engine_stops)
{
    harness_close(h);
    js_stop();
}
