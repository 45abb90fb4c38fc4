// SPDX-License-Identifier: MIT

/* Not a test: what crossing between JavaScript and C costs, in nanoseconds. */

#include "isolates/js.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 7, CALLS = 2000000 };

static js_value nothing(struct js *js, const struct js_args *args)
{
    (void)js, (void)args;
    return JS_NONE;
}

static js_value sum(struct js *js, const struct js_args *args)
{
    int32_t total = 0;
    for (int i = 0; i < 4; i++)
        total += js_to_integer(js_arg(args, i));
    return js_integer(js, total);
}

static js_value write_string(struct js *js, const struct js_args *args)
{
    static char out[4096];
    js_value string = js_arg(args, 0);
    size_t length = js_string_length(string);
    if (js_string_is_one_byte(string))
        js_string_write_latin1(js, string, 0, length, out);
    return js_undefined(js);
}

static js_value make_string(struct js *js, const struct js_args *args)
{
    static const char text[] = "GET /index.html HTTP/1.1";
    (void)args;
    return js_string_latin1(js, text, sizeof text - 1);
}

static js_value call_back(struct js *js, const struct js_args *args)
{
    return js_call(js, js_arg(args, 0), js_undefined(js), 0, NULL);
}

/* setIndex(array): one string, as a batch of requests makes them. */
static js_value set_index(struct js *js, const struct js_args *args)
{
    static const char text[] = "GET /index.html HTTP/1.1";
    struct js_scope scope;
    js_scope_open(js, &scope);
    js_set_index(js, js_arg(args, 0), 3,
                 js_string_latin1(js, text, sizeof text - 1));
    js_scope_close(&scope);
    return JS_NONE;
}

static js_value bytes(struct js *js, const struct js_args *args)
{
    char *data;
    size_t length;
    return js_boolean(js, js_bytes(js_arg(args, 0), &data, &length));
}

static struct js_clone *kept;

/* writeClone(value): and drop it, but for the last one. */
static js_value write_clone(struct js *js, const struct js_args *args)
{
    if (kept != NULL)
        js_clone_unref(kept);
    kept = js_clone_new(js, js_arg(args, 0), JS_NONE);
    return JS_NONE;
}

static js_value read_clone(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_clone_read(js, kept);
}

static const struct js_function table[] = {
    { "writeClone", write_clone },  { "readClone", read_clone },
    { "nothing", nothing },         { "sum", sum },
    { "writeString", write_string }, { "makeString", make_string },
    { "callBack", call_back },      { "setIndex", set_index },
    { "bytes", bytes },             { NULL, NULL },
};
static const struct js_module modules[] = { { "cost", table }, { NULL, NULL } };

static const char text[] =
    "const c = native.cost, empty = () => {};\n"
    "const short = 'HTTP/1.1 200 OK\\r\\nA: b\\r\\n\\r\\n';\n"
    "const long = 'x'.repeat(1024);\n"
    "internal.loop = n => { let t = 0; for (let i = 0; i < n; i++) t += i;"
    "  return t; };\n"
    "internal.nothing = n => { for (let i = 0; i < n; i++) c.nothing(); };\n"
    "internal.sum = n => { let t = 0; for (let i = 0; i < n; i++)"
    "  t = c.sum(i & 7, 2, 3, t & 7); return t; };\n"
    "internal.write28 = n => {"
    "  for (let i = 0; i < n; i++) c.writeString(short); };\n"
    "internal.write1024 = n => {"
    "  for (let i = 0; i < n; i++) c.writeString(long); };\n"
    "internal.make24 = n => { for (let i = 0; i < n; i++) c.makeString(); };\n"
    "internal.callBack = n => {"
    "  for (let i = 0; i < n; i++) c.callBack(empty); };\n"
    "const list = [1, 2, 3, 4, 5];\n"
    "internal.setIndex = n => {"
    "  for (let i = 0; i < n; i++) c.setIndex(list); };\n"
    "const some = new Uint8Array(100);\n"
    "internal.bytes = n => { for (let i = 0; i < n; i++) c.bytes(some); };\n"
    "const object = {id: 42, name: 'four fields', ratio: 0.5, ready: true};\n"
    "internal.writeClone = n => {"
    "  for (let i = 0; i < n; i++) c.writeClone(object); };\n"
    "internal.readClone = n => {"
    "  for (let i = 0; i < n; i++) c.readClone(); };\n"
    "internal.enter = empty;\n";
static const struct js_source sources[] = { { "cost", text, sizeof text - 1 },
                                            { NULL, NULL, 0 } };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void once(struct js *js, const char *name, int calls)
{
    struct js_scope scope;
    js_scope_open(js, &scope);
    js_value count = js_integer(js, calls);
    js_enter(js, js_get(js, js_internal(js), name), js_undefined(js), 1,
             &count);
    js_scope_close(&scope);
}

static void report(const char *name, double best)
{
    printf("%-12s %7.1f ns\n", name, best);
}

static void measure(struct js *js, const char *name)
{
    double best = 1e12;
    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        once(js, name, CALLS);
        double each = (now() - start) / CALLS;
        best = each < best ? each : best;
    }
    report(name, best);
}

static void measure_enter(struct js *js)
{
    struct js_scope scope;
    js_scope_open(js, &scope);
    js_value function = js_get(js, js_internal(js), "enter");
    double best = 1e12;
    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        for (int k = 0; k < CALLS / 4; k++)
            js_enter(js, function, js_undefined(js), 0, NULL);
        double each = (now() - start) / (CALLS / 4.0);
        best = each < best ? each : best;
    }
    js_scope_close(&scope);
    report("enter", best);
}

static void uncaught(struct js *js, const char *report, size_t length)
{
    (void)js;
    fwrite(report, 1, length, stderr);
}

static void wake(struct js *js)
{
    (void)js;
}

int main(int argc, char **argv)
{
    static const char *const names[] = { "loop",    "nothing",   "sum",
                                         "write28", "write1024", "make24",
                                         "callBack", "setIndex", "bytes",
                                         "writeClone", "readClone" };
    struct js_host host = { uncaught, wake, NULL };
    struct js *js;
    js_start(1, modules, (struct js_snapshot){ NULL, 0 }, sources);
    if (js_open(&js, &host) != 0)
        return 1;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (argc == 1 || strcmp(argv[1], names[i]) == 0)
            measure(js, names[i]);
    if (argc == 1 || strcmp(argv[1], "enter") == 0)
        measure_enter(js);
    js_close(js);
    js_stop();
    return 0;
}
