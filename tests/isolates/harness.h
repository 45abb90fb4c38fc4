// SPDX-License-Identifier: MIT
#ifndef TESTS_ISOLATES_HARNESS_H
#define TESTS_ISOLATES_HARNESS_H

#include "isolates/js.h"
#include "tests/test.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

/*
 * harness: one isolate and what it reported, for the tests of this floor.
 *
 * A test file gives `table`, its natives, which programs reach as native.t.
 * eval() runs a text as the body of a function in the file "test.js".
 */
struct harness {
    struct js *js;
    unsigned reports;
    char report[16384]; /* the last */
    atomic_uint wakes;
    bool stop; /* terminate at the first report, as a program does */
    char result[16384];
};

static inline void check_text(const char *file, int line, const char *what,
                              const char *text, const char *expected)
{
    if (strcmp(text, expected) == 0)
        return;
    atomic_fetch_add(&test_failures, 1);
    fprintf(stderr, "%s:%d: %s:\n<<%s>>, not\n<<%s>>\n", file, line, what,
            text, expected);
}

#define CHECK_TEXT(text, expected)                                         \
    check_text(__FILE__, __LINE__, #text, text, expected)

/* In the table of every file: native.t.compile(text, file). */
static inline js_value compile(struct js *js, const struct js_args *args)
{
    static const char *const names[] = { "native", "internal" };
    char *file = js_copy_utf8(js, js_arg(args, 1), NULL);
    js_value function =
        js_compile_function(js, js_arg(args, 0), file, 2, names);
    free(file);
    return function;
}

static const char harness_text[] =
    "internal.run = (text, file) =>\n"
    "    native.t.compile(text, file).call(undefined, native, internal);\n";
static const struct js_source harness_sources[] = {
    { "harness", harness_text, sizeof harness_text - 1 }, { NULL, NULL, 0 }
};

static inline struct harness *harness_of(struct js *js)
{
    return js_host_arg(js);
}

static inline void on_uncaught(struct js *js, const char *report,
                               size_t length)
{
    struct harness *h = harness_of(js);
    h->reports++;
    CHECK_TRUE(length < sizeof h->report);
    memcpy(h->report, report, length);
    h->report[length] = '\0';
    if (h->stop)
        js_terminate(js);
}

static inline void on_wake(struct js *js)
{
    atomic_fetch_add(&harness_of(js)->wakes, 1);
}

static inline void harness_start(const struct js_function *functions,
                                 struct js_snapshot snapshot)
{
    static struct js_module modules[2];
    modules[0] = (struct js_module){ "t", functions };
    js_start(1, modules, snapshot, harness_sources);
}

static inline struct harness *harness_open(void)
{
    struct harness *h = calloc(1, sizeof *h);
    struct js_host host = { on_uncaught, on_wake, h };
    CHECK_TRUE(h != NULL);
    CHECK_EQ(js_open(&h->js, &host), 0);
    CHECK_TRUE(js_host_arg(h->js) == h);
    return h;
}

static inline void harness_close(struct harness *h)
{
    js_close(h->js);
    free(h);
}

/* What it returns, as a string; "NONE" when js_enter() returned JS_NONE. */
static inline const char *eval_file(struct harness *h, const char *file,
                                    const char *text)
{
    struct js_scope scope;
    js_scope_open(h->js, &scope);
    js_value run = js_get(h->js, js_internal(h->js), "run");
    js_value argv[] = { js_string(h->js, text, strlen(text)),
                        js_string(h->js, file, strlen(file)) };
    js_value result = js_enter(h->js, run, js_undefined(h->js), 2, argv);
    strcpy(h->result, "NONE");
    if (!js_is_none(result)) {
        char *copy = js_copy_utf8(h->js, result, NULL);
        CHECK_TRUE(copy != NULL && strlen(copy) < sizeof h->result);
        strcpy(h->result, copy);
        free(copy);
    }
    js_scope_close(&scope);
    return h->result;
}

static inline const char *eval(struct harness *h, const char *text)
{
    return eval_file(h, "test.js", text);
}

#endif
